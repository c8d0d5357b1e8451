import * as z from 'zod'
import type { Problem } from '../../../models/contract/problem.js'
import { count, identifier, total } from '../../../models/contract/quantities.js'
import { objectiveValue, type Result, termination } from '../../../models/contract/result.js'
import { canonicalJson } from '../../hash.js'
import type { Scenario } from './sweep.js'

/** What a sweep keeps of one scenario. */
export const scenarioRecord = z.strictObject({
  id: identifier.describe('Id of the scenario.'),
  labels: z.array(z.string()).describe('The value of each axis, in their order.'),
  seed: count,
  termination: termination.describe('As in a Result; failed: there is no answer, and `reason` says why.'),
  solver: z.string().nullable().describe('The solvers that answered, or greedy; null where nothing was solved.'),
  objective: objectiveValue.nullable().describe('What the placement is worth; null where there is none.'),
  bound: total.nullable().describe('No placement has a smaller primary objective; null where there is none.'),
  gap: total.nullable(),
  initial: z
    .strictObject({ costPerHour: total, activeNodes: count, listedCostPerHour: total })
    .nullable()
    .describe('The changed cluster as it is before any migration.'),
  nodes: z
    .array(z.strictObject({ type: z.string().nullable(), kept: count, bought: count }))
    .describe('Active nodes in the end by type, null for nodes without one.'),
  unplaced: count.describe('Replicas without a place.'),
  violations: count.describe('Limits and rules that stay broken.'),
  makespanSeconds: total.nullable().describe('How long the migration takes.'),
  isWhole: z.boolean().nullable().describe('Whether the plan does all that was wished for.'),
  reason: z.string().optional().describe('Why there is no placement.'),
  seconds: total.describe('How long it took: not part of what is compared.')
})
export type ScenarioRecord = z.infer<typeof scenarioRecord>

type Named = Pick<Scenario, 'id' | 'labels' | 'seed'>

/** What is kept of a Result. */
export function recordOf({ id, labels, seed }: Named, problem: Problem, result: Result): ScenarioRecord {
  const hasPlacement = result.primalStatus === 'feasible'
  const { conflict = [], notes = [] } = result.explanation
  const reasons = conflict.length > 0 ? conflict.map(({ path, message }) => `${path}: ${message}`) : notes
  return {
    id,
    labels: [...labels],
    seed,
    termination: result.termination,
    solver: result.solve.solver ?? null,
    objective: result.objective ?? null,
    bound: result.bound?.total ?? null,
    gap: result.gap ?? null,
    initial: result.initial,
    nodes: hasPlacement ? nodesByType(problem, result) : [],
    unplaced: result.unplaced.length,
    violations: result.violations.length,
    makespanSeconds: hasPlacement ? result.plan.makespanSeconds : null,
    isWhole: hasPlacement ? result.plan.status === 'complete' : null,
    ...(hasPlacement ? {} : { reason: reasons.join('; ') || 'nothing was found' }),
    seconds: result.solve.seconds
  }
}

/** What is kept of a scenario that could not be solved. */
export function failedRecord({ id, labels, seed }: Named, reason: string, seconds: number): ScenarioRecord {
  const nothing = {
    solver: null,
    objective: null,
    bound: null,
    gap: null,
    initial: null,
    nodes: [],
    unplaced: 0,
    violations: 0
  }
  return {
    id,
    labels: [...labels],
    seed,
    termination: 'failed',
    ...nothing,
    makespanSeconds: null,
    isWhole: null,
    reason,
    seconds
  }
}

/** All of a record but its seconds, as text: equal for answers that are the same. */
export function comparable({ seconds: _seconds, ...record }: ScenarioRecord): string {
  return canonicalJson(record)
}

/** Active nodes in the end, by type in the order of their names, nodes without a type last. */
export function nodesByType(
  problem: Pick<Problem, 'nodes'>,
  { placement, headroom, newNodes }: Pick<Result, 'placement' | 'headroom' | 'newNodes'>
): ScenarioRecord['nodes'] {
  const hosts = new Set([...placement, ...headroom].map(({ node }) => node))
  const counts = new Map<string | null, { kept: number; bought: number }>()
  const add = (type: string | null, what: 'kept' | 'bought') => {
    const entry = counts.get(type) ?? { kept: 0, bought: 0 }
    entry[what]++
    counts.set(type, entry)
  }
  for (const { id, type = null, releasable } of problem.nodes) if (hosts.has(id) || !releasable) add(type, 'kept')
  for (const { id, type } of newNodes) if (hosts.has(id)) add(type, 'bought')
  const rank = (type: string | null) => (type === null ? '\uffff' : type)
  return [...counts]
    .sort(([left], [right]) => (rank(left) < rank(right) ? -1 : 1))
    .map(([type, entry]) => ({ type, ...entry }))
}
