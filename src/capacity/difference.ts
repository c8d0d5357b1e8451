import type { Outcome } from './outcome.js'

/** How one outcome differs from another: the second less the first. */
export interface Difference {
  readonly costPerHour: number
  /** Of the primary objectives, which are the costs unless the Problem has a horizon. */
  readonly total: number
  /** The difference of the optimal primary objectives is at least this: bound of the second less value of the first. */
  readonly low: number
  /** And at most this: value of the second less bound of the first. */
  readonly high: number
  /**
   * What the interval proves of the optima; open: neither is proven to be the cheaper one, or one of them leaves rules broken or replicas
   * without a place, and then costs alone say nothing.
   */
  readonly verdict: 'more' | 'less' | 'same' | 'open'
  readonly migrations: number
  readonly makespanSeconds: number
  /** Active nodes by type where their numbers differ, null for nodes without a type. */
  readonly nodes: readonly { readonly type: string | null; readonly before: number; readonly after: number }[]
}

/** What floating point may add to a sum of costs. */
const NOISE = 1e-6

/** null where one of the two has no placement. A bound that is missing proves nothing: then the interval is as wide as 0 allows. */
export function differenceBetween(before: Outcome, after: Outcome): Difference | null {
  if (before.objective === null || after.objective === null) return null
  const low = (after.bound ?? 0) - before.objective.total
  const high = after.objective.total - (before.bound ?? 0)
  const noise = NOISE * Math.max(1, before.objective.total, after.objective.total)
  const isWhole = [before, after].every(({ violations, unplaced }) => violations === 0 && unplaced === 0)
  const proven = low > noise ? 'more' : high < -noise ? 'less' : low >= -noise && high <= noise ? 'same' : 'open'
  const verdict = isWhole ? proven : 'open'
  return {
    costPerHour: after.objective.costPerHour - before.objective.costPerHour,
    total: after.objective.total - before.objective.total,
    low,
    high,
    verdict,
    migrations: after.objective.migrations - before.objective.migrations,
    makespanSeconds: (after.makespanSeconds ?? 0) - (before.makespanSeconds ?? 0),
    nodes: nodesBetween(before, after)
  }
}

function nodesBetween(before: Outcome, after: Outcome): Difference['nodes'] {
  const counts = new Map<string | null, { before: number; after: number }>()
  for (const [when, { nodes }] of Object.entries({ before, after }) as ['before' | 'after', Outcome][]) {
    for (const { type, kept, bought } of nodes) {
      const entry = counts.get(type) ?? { before: 0, after: 0 }
      entry[when] = kept + bought
      counts.set(type, entry)
    }
  }
  return [...counts].filter(([, entry]) => entry.before !== entry.after).map(([type, entry]) => ({ type, ...entry }))
}
