import * as z from 'zod'
import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError, parseValue } from '../../../models/contract/parse-value.js'
import { count, identifier, quantity } from '../../../models/contract/quantities.js'
import { schemaVersion } from '../../../models/contract/schema-version.js'
import { solverChoices } from '../../options.js'
import { type Alternative, alternative, readAlternatives } from '../changes/alternative.js'

/** Units of work that a scenario gets by default: a few seconds of one core. */
const DEFAULT_WORK_LIMIT = 2000

const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 31 - 1)

/** How every scenario is solved. */
export const scenarioOptions = z.strictObject({
  workLimit: quantity
    .min(1)
    .nullable()
    .optional()
    .describe('Units of work for each scenario; 2000 by default, null for none, where only a time limit is to count.'),
  timeLimitSeconds: quantity
    .min(0.001)
    .max(2_000_000)
    .nullable()
    .optional()
    .describe('Wall time for each scenario; with one, results depend on the machine. None by default.'),
  relativeGap: z.number().min(0).max(0.999).default(1e-4).describe('Stop when so close to the optimum is proven.'),
  maxMigrations: count.optional().describe('Migrations at most; the smaller of this and the budget counts.'),
  maxMoveCost: quantity.optional().describe('Move cost at most; the smaller of this and the budget counts.'),
  solver: z
    .enum(solverChoices as [string, ...string[]])
    .default('auto')
    .describe('As in compact; auto by default.')
})

/** Options with every default filled in. */
export type ScenarioOptions = z.infer<typeof scenarioOptions> & {
  readonly workLimit: number | null
  readonly timeLimitSeconds: number | null
}

/** What is to be varied: every combination of the values of all axes, with every seed. */
export const sweepPlan = z.strictObject({
  schemaVersion: schemaVersion.optional(),
  name: z.string().optional().describe('Name of the sweep, for people.'),
  axes: z
    .array(
      z.strictObject({
        name: identifier.describe('Name of the axis, unique among the axes.'),
        values: z
          .array(alternative)
          .min(1)
          .describe('Alternatives: a line such as "growth:1.2", or { label, changes }.')
      })
    )
    .default([])
    .describe('What varies; none by default.'),
  seeds: z.array(seed).min(1).default([1]).describe('Seeds, each for every combination; [1] by default.'),
  options: scenarioOptions.prefault({}).describe('How every scenario is solved.')
})
/** A sweep's axes, seeds and options as written. */
export type SweepPlanInput = z.input<typeof sweepPlan>

/** The same as read. */
export interface SweepPlan {
  readonly name?: string
  readonly axes: readonly { readonly name: string; readonly values: readonly Alternative[] }[]
  readonly seeds: readonly number[]
  readonly options: ScenarioOptions
}

/** More would take longer than anybody waits. */
const MOST_SCENARIOS = 100_000

/** Axes, seeds and options of a sweep. Throws InputError with every place that is wrong. */
export function parseSweepPlan(value: unknown): SweepPlan {
  const { name, axes, seeds, options } = parseValue('sweep', sweepPlan, value, 'a sweep { axes, seeds, options }')
  const issues: InputIssue[] = []
  const read = axes.map((axis, at) => ({
    name: axis.name,
    values: readAlternatives(axis.values, `axes[${at}].values`, issues)
  }))
  const once = (path: (index: number) => string, items: readonly (string | number)[], what: string) => {
    for (const [index, item] of items.entries()) {
      if (items.indexOf(item) < index) issues.push({ path: path(index), found: describeValue(item), expected: what })
    }
  }
  once(
    (index) => `axes[${index}].name`,
    read.map((axis) => axis.name),
    'a name that no axis before it has'
  )
  once((index) => `seeds[${index}]`, seeds, 'every seed once')
  const size = read.reduce((product, axis) => product * axis.values.length, seeds.length)
  if (size > MOST_SCENARIOS)
    issues.push({ path: 'axes', found: `${size} scenarios`, expected: `at most ${MOST_SCENARIOS}` })
  const { workLimit, timeLimitSeconds = null } = options
  if (workLimit === null && timeLimitSeconds === null)
    issues.push({ path: 'options.workLimit', found: 'null', expected: 'a limit, unless "timeLimitSeconds" is one' })
  if (issues.length > 0) throw new InputError('sweep', issues)
  const byDefault = timeLimitSeconds === null ? DEFAULT_WORK_LIMIT : null
  return {
    ...(name === undefined ? {} : { name }),
    axes: read,
    seeds,
    options: { ...options, workLimit: workLimit === undefined ? byDefault : workLimit, timeLimitSeconds }
  }
}
