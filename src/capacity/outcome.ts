import * as z from 'zod'
import type { Problem } from '../../models/contract/problem.js'
import { count, total } from '../../models/contract/quantities.js'
import { objectiveValue, type Result, termination } from '../../models/contract/result.js'

/** What is kept of a Result: what it is worth and on what, without the placement. */
export const outcome = z.strictObject({
  termination: termination.describe('As in a Result; failed: there is no answer, and `reason` says why.'),
  solver: z.string().nullable().describe('The solvers that answered, or greedy; null where nothing was solved.'),
  objective: objectiveValue.nullable().describe('What the placement is worth; null where there is none.'),
  bound: total.nullable().describe('No placement has a smaller primary objective; null where there is none.'),
  gap: total.nullable().describe('As in a Result; null where there is none.'),
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
  reason: z.string().optional().describe('Why there is no placement.')
})
export type Outcome = z.infer<typeof outcome>

/** What is kept of a Result. */
export function outcomeOf(problem: Problem, result: Result): Outcome {
  const hasPlacement = result.primalStatus === 'feasible'
  const { conflict = [], notes = [] } = result.explanation
  const reasons = conflict.length > 0 ? conflict.map(({ path, message }) => `${path}: ${message}`) : notes
  return {
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
    ...(hasPlacement ? {} : { reason: reasons.join('; ') || 'nothing was found' })
  }
}

/** Active nodes in the end, by type in the order of their names, nodes without a type last. */
function nodesByType(
  problem: Pick<Problem, 'nodes'>,
  { placement, headroom, newNodes }: Pick<Result, 'placement' | 'headroom' | 'newNodes'>
): Outcome['nodes'] {
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
