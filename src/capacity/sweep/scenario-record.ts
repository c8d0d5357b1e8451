import * as z from 'zod'
import type { Problem } from '../../../models/contract/problem.js'
import { count, identifier, total } from '../../../models/contract/quantities.js'
import type { Result } from '../../../models/contract/result.js'
import { canonicalJson } from '../../hash.js'
import { outcome, outcomeOf } from '../outcome.js'
import type { Scenario } from './sweep.js'

/** What a sweep keeps of one scenario. */
export const scenarioRecord = z.strictObject({
  id: identifier.describe('Id of the scenario.'),
  labels: z.array(z.string()).describe('The value of each axis, in their order.'),
  seed: count,
  ...outcome.shape,
  seconds: total.describe('How long it took: not part of what is compared.')
})
export type ScenarioRecord = z.infer<typeof scenarioRecord>

type Named = Pick<Scenario, 'id' | 'labels' | 'seed'>

/** What is kept of a scenario that was solved. */
export function recordOf({ id, labels, seed }: Named, problem: Problem, result: Result): ScenarioRecord {
  return { id, labels: [...labels], seed, ...outcomeOf(problem, result), seconds: result.solve.seconds }
}

const NOTHING = {
  solver: null,
  objective: null,
  bound: null,
  gap: null,
  initial: null,
  nodes: [],
  unplaced: 0,
  violations: 0,
  makespanSeconds: null,
  isWhole: null
}

/** What is kept of a scenario that could not be solved. */
export function failedRecord({ id, labels, seed }: Named, reason: string, seconds: number): ScenarioRecord {
  return { id, labels: [...labels], seed, termination: 'failed', ...NOTHING, reason, seconds }
}

/** All of a record but its seconds, as text: equal for answers that are the same. */
export function comparable({ seconds: _seconds, ...record }: ScenarioRecord): string {
  return canonicalJson(record)
}
