import type { Command } from 'commander'
import { InputError, parseProblem } from '../../../models/contract/parse.js'
import type { Problem } from '../../../models/contract/problem.js'
import { type Moment, momentOf } from '../../capacity/forecast/moment.js'
import type { CompleteStudy } from '../../capacity/study/complete-study.js'
import { problemAt } from '../../capacity/study/problem-at.js'
import { UsageError } from '../failure.js'
import { readInput } from '../input-file.js'
import { readStudyFile } from '../study-file.js'

/** Options that say what is asked about. */
export interface StudyOptions {
  readonly catalogue?: string
  readonly forecast?: string
  readonly at?: string
}

/** A study as the command line reads it. */
export interface StudyFile extends CompleteStudy {
  /** The moment that is asked about, and the Problem of that moment. */
  readonly moment: Moment
  readonly problem: Problem
}

/** Adds STUDY and the options that belong to it; `ofMoment`: whether the question is about one moment. */
export function addStudyInput(command: Command, ofMoment = true): Command {
  return addStudyOptions(
    command.argument('<STUDY>', 'the study, or a Problem: a .json or .yaml file, or - for standard input'),
    ofMoment
  )
}

/** Adds the options that say which files and which moment of a study are meant. */
export function addStudyOptions(command: Command, ofMoment = true): Command {
  command
    .option('--catalogue <FILE>', 'instance types and prices, in the place of the file that STUDY names')
    .option('--forecast <FILE>', 'demand over time, in the place of the file that STUDY names')
  if (ofMoment) {
    command.option(
      '--at <MOMENT>',
      'now, peak (the period whose replicas together hold most), seconds from the beginning of the forecast, or a date-time (default: peak)'
    )
  }
  return command
}

/**
 * Reads a study and the files it names. A plain Problem stays what it is, so that Results of `plan` belong to it. Throws UsageError that
 * names the file, the place in it, or the option.
 */
export async function readStudy(path: string, options: StudyOptions, { whole = false } = {}): Promise<StudyFile> {
  const complete = await readStudyFile(path, options)
  try {
    const { at = 'peak' } = options
    const moment = momentOf(complete.study, complete.demand, at)
    checkWanted(path, complete, moment, at)
    const isPlain = options.catalogue === undefined && complete.demand === null
    const plain = isPlain && path !== '-' ? await readInput(path, asProblem) : null
    return { ...complete, moment, problem: plain ?? parseProblem(problemAt(complete.study, moment.counts, { whole })) }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    const [issue] = error.issues
    if (error.subject === 'options' && issue !== undefined) {
      throw new UsageError(`--at ${issue.found.replace(/^"(.*)"$/, '$1')}: expected ${issue.expected}`)
    }
    throw error
  }
}

/** Throws UsageError where nothing runs and nothing is wanted, which no Problem can say. At the peak it means at no moment. */
function checkWanted(path: string, { study }: CompleteStudy, { counts, name }: Moment, at: string): void {
  if (study.replicas.length > 0 || [...counts.values()].some((count) => count > 0)) return
  const when = at === 'peak' ? 'at any moment' : `at the moment that --at names (${name})`
  throw new UsageError(`${path}: deployments: found no replica wanted ${when}, expected at least one`)
}

/**
 * The cluster of one moment of a study, of which others are made by changes. Throws UsageError as `readStudy` does, and for quotas, which no
 * single Problem can say.
 */
export async function readCluster(path: string, options: StudyOptions): Promise<Problem> {
  const { study, problem, notes } = await readStudy(path, options, { whole: true })
  if (study.quotas.length > 0) {
    throw new UsageError(`${path}: quotas: found ${study.quotas.length}, expected none: only mix and horizon keep them`)
  }
  for (const note of notes) process.stderr.write(`Note: ${note}\n`)
  return problem
}

/** null for what says more than a Problem can. */
function asProblem(value: unknown): Problem | null {
  try {
    return parseProblem(value)
  } catch (error) {
    if (error instanceof InputError) return null
    throw error
  }
}
