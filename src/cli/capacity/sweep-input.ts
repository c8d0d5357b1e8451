import { InputError } from '../../../models/contract/parse.js'
import { parseValue } from '../../../models/contract/parse-value.js'
import type { Problem } from '../../../models/contract/problem.js'
import { parseAxisLine } from '../../capacity/changes/alternative.js'
import { parseSweepPlan, type SweepPlan, type SweepPlanInput, sweepPlan } from '../../capacity/sweep/sweep-plan.js'
import { UsageError } from '../failure.js'
import { checkOneStandardInput, readInput } from '../input-file.js'
import { givenOf } from '../option-values.js'
import { readCluster, type StudyOptions } from './study-input.js'

/** What says which scenarios a sweep has: a file, the command line, or both. */
export interface SweepPlanOptions extends StudyOptions {
  readonly sweep?: string
  readonly axis?: readonly string[]
  readonly seeds?: readonly number[]
  readonly workLimit?: number
  /** Seconds, for each scenario. */
  readonly timeLimit?: number
  readonly gap?: number
  readonly maxMigrations?: number
  readonly maxMoveCost?: number
  readonly solver?: string
}

/** The Problem and the plan of a sweep. What the command line says of seeds and options wins; its axes come after those of the file. */
export async function readSweepInput(
  path: string,
  options: SweepPlanOptions
): Promise<{ problem: Problem; plan: SweepPlan }> {
  if (options.sweep !== undefined) checkOneStandardInput(path, options.sweep)
  const problem = await readCluster(path, options)
  const written = options.sweep === undefined ? {} : await readInput(options.sweep, checkPlan)
  const axes = [...(written.axes ?? []), ...(options.axis ?? []).map(readAxis)]
  const { seeds = written.seeds, workLimit, timeLimit, gap, maxMigrations, maxMoveCost, solver } = options
  if (axes.length === 0 && seeds === undefined)
    throw new UsageError('found nothing that varies, expected --axis, --seeds or --sweep FILE')
  const given = givenOf({
    workLimit,
    timeLimitSeconds: timeLimit,
    relativeGap: gap,
    maxMigrations,
    maxMoveCost,
    solver
  })
  const plan = parseSweepPlan({ ...written, axes, ...(seeds && { seeds }), options: { ...written.options, ...given } })
  return { problem, plan }
}

/** A plan as it is written, once it is known to be one. */
function checkPlan(value: unknown): SweepPlanInput {
  parseValue('sweep', sweepPlan, value, 'a sweep { axes, seeds, options }')
  parseSweepPlan(value)
  return value as SweepPlanInput
}

function readAxis(line: string) {
  try {
    return parseAxisLine(line)
  } catch (error) {
    throw error instanceof InputError ? new UsageError(`--axis: ${error.message}`) : error
  }
}
