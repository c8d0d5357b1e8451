import type { PatternSolution } from '../../solvers/patterns/pattern.js'
import type { SolverPool } from '../../workers/pool.js'
import type { Fleet } from './fleet.js'

export interface FleetSearchOptions {
  readonly pool: SolverPool
  readonly signal: AbortSignal
  readonly seed: number
  readonly relativeGap: number
  /** Infinity for none. */
  readonly timeLimitMs: number
  readonly workLimit: number
  readonly onProgress: (cost: number, bound: number) => void
}

export interface SearchedFleet {
  /** null when nothing was found. */
  readonly solution: PatternSolution | null
  /** Money per hour: no choice of nodes costs less. Infinity where there is none. */
  readonly bound: number
  /** Units of work that it took. */
  readonly work: number
}

/**
 * The cheapest nodes for so many replicas of each deployment, whatever is where now, by column generation.
 *
 * @param least [row]: what each linking row has to come to.
 */
export async function searchFleet(
  { problem, kinds, instance }: Fleet,
  wanted: Int32Array,
  least: Float64Array,
  { pool, signal, seed, relativeGap, timeLimitMs, workLimit, onProgress }: FleetSearchOptions
): Promise<SearchedFleet> {
  // What is there stays available; what is never given back is paid for anyway.
  const available = Int32Array.from(kinds, ({ offered, base }) => (offered > 0 ? offered : (base?.most ?? 0)))
  const cost = Float64Array.from(kinds, ({ offered, base, costPerHour }) =>
    offered === 0 && base !== null && base.least > 0 ? 0 : costPerHour
  )
  const { linkNode, kinds: count } = problem
  // Nodes that are never given back count in a quota whether or not they host anything.
  const node = linkNode.slice()
  const rest = least.slice()
  for (const [kind, { base }] of kinds.entries()) {
    if (base === null || base.least === 0) continue
    for (const row of rest.keys()) {
      const each = linkNode[row * count + kind] as number
      rest[row] = (rest[row] as number) - each * base.least
      node[row * count + kind] = 0
    }
  }
  const paid = instance.nodes.slice(0, instance.listedNodes).filter(({ releasable }) => !releasable)
  const fixedCost = paid.reduce((sum, node) => sum + node.costPerHour, 0)
  let solution: PatternSolution | null = null
  let bound = 0
  const searched = await pool.call(
    'patterns',
    {
      problem: { ...problem, available, cost, fixedCost, wanted, linkNode: node, linkLeast: rest },
      options: { seed, relativeGap, start: [], cutoff: Infinity, workLimit, timeLimitMs }
    },
    {
      signal,
      ...(Number.isFinite(timeLimitMs) && { deadlineMs: timeLimitMs }),
      onProgress: (progress) => {
        if ('bound' in progress) bound = Math.max(bound, progress.bound)
        if ('solution' in progress && (solution === null || progress.solution.cost < solution.cost)) {
          solution = progress.solution
        }
        onProgress((solution as PatternSolution | null)?.cost ?? Infinity, bound)
      }
    }
  )
  signal.throwIfAborted()
  const work = searched?.work ?? (Number.isFinite(workLimit) ? workLimit : 0)
  return { solution, bound: Math.max(bound, searched?.bound ?? 0), work }
}
