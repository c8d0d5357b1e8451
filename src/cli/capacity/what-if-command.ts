import { InputError } from '../../../models/contract/parse.js'
import {
  type Alternative,
  type AlternativeInput,
  parseAlternative,
  parseAlternatives
} from '../../capacity/changes/alternative.js'
import { type WhatIfOptions, whatIf } from '../../capacity/what-if.js'
import { renderWhatIfPage } from '../../report/html/capacity/what-if.js'
import { renderWhatIf } from '../../report/text/what-if.js'
import { deliverAnswer } from '../answer-output.js'
import { exitCodes, UsageError } from '../failure.js'
import { checkOneStandardInput, readInput } from '../input-file.js'
import { givenOf } from '../option-values.js'
import { checkOutputs, writeWhole } from '../output.js'
import { displayState, formatProgress } from '../progress.js'
import { namedFiles } from './page-facts.js'
import { readCluster, type StudyOptions } from './study-input.js'

interface WhatIfCommandOptions
  extends StudyOptions,
    Pick<WhatIfOptions, 'workLimit' | 'seed' | 'threads' | 'maxMigrations' | 'maxMoveCost' | 'solver'> {
  readonly change?: readonly string[]
  readonly changes?: string
  /** Seconds, for the baseline and for each variant. */
  readonly timeLimit?: number
  readonly gap?: number
  readonly json?: boolean
  readonly output?: string
  readonly html?: string
  readonly quiet?: boolean
}

/** `capacity what-if PROBLEM`: the differences that changes would make. */
export async function runWhatIfCommand(path: string, options: WhatIfCommandOptions): Promise<void> {
  const { change = [], changes, timeLimit, gap, json, output, html, quiet = false } = options
  const { workLimit, seed, threads, maxMigrations, maxMoveCost, solver } = options
  await checkOutputs({ '-o': output, '--html': html }, [path])
  if (changes !== undefined) checkOneStandardInput(path, changes)
  const problem = await readCluster(path, options)
  const variants: AlternativeInput[] = change.map(readChange)
  if (changes !== undefined)
    variants.push(...(await readInput(changes, (value) => parseAlternatives('variants', value))).map(asInput))
  if (variants.length === 0) throw new UsageError('found no change, expected --change CHANGE or --changes FILE')
  const progress = quiet
    ? undefined
    : displayState<Parameters<NonNullable<WhatIfOptions['onProgress']>>[0]>(process.stderr, {
        format: ({ index, count, label, ...state }, sinceMs) =>
          `${index + 1} of ${count}, ${label}  ${formatProgress({ ...state, elapsedMs: state.elapsedMs + sinceMs })}`,
        news: ({ index, costPerHour }) => `${index} ${costPerHour}`
      })
  try {
    const answer = await whatIf(problem, variants, {
      ...givenOf({ workLimit, seed, threads, maxMigrations, maxMoveCost, solver }),
      ...(timeLimit === undefined ? {} : { timeLimitMs: timeLimit * 1000 }),
      ...(gap === undefined ? {} : { relativeGap: gap }),
      ...(progress && { onProgress: progress.show })
    })
    progress?.end()
    await deliverAnswer(answer, renderWhatIf, { json, output })
    if (html !== undefined)
      await writeWhole(html, renderWhatIfPage(answer, namedFiles({ File: path, Changes: changes })))
    process.exitCode = answer.baseline.objective === null ? exitCodes.infeasible : exitCodes.feasible
  } finally {
    progress?.end()
  }
}

function readChange(line: string): AlternativeInput {
  try {
    return asInput(parseAlternative(line))
  } catch (error) {
    throw error instanceof InputError ? new UsageError(`--change: ${error.message}`) : error
  }
}

function asInput({ label, changes }: Alternative): AlternativeInput {
  return { label, changes: [...changes] }
}
