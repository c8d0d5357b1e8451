import type { PackingState } from '../packing-state.js'
import type { DrainState } from './drain-state.js'
import { nodeRanks } from './serve-ranks.js'

/**
 * Ray Serve's own compaction, as far as it can be executed: of the nodes that can be drained the largest one, by GPUs, then cores, then
 * memory, of those alike the one with fewest replicas, the first of these; again and again until there is none. Yields null after
 * every look at a node, and a node when it was drained.
 */
export function* drainByRayRule(drained: DrainState, candidates: readonly number[]): Generator<number | null> {
  const { state } = drained
  const ranks = nodeRanks(state.instance)
  const hopeless = new Set<number>()
  for (let isDone = false; !isDone; ) {
    isDone = true
    for (const node of inOrder(state, ranks, candidates)) {
      if (hopeless.has(node) || drained.isDrained(node)) continue
      const refusal = drained.drain(node)
      if (refusal?.isFinal === true) hopeless.add(node)
      yield refusal === null ? node : null
      if (refusal !== null) continue
      isDone = false
      break
    }
  }
}

function inOrder({ population }: PackingState, ranks: Int32Array, candidates: readonly number[]): number[] {
  return [...candidates].sort(
    (one, other) =>
      (ranks[one] as number) - (ranks[other] as number) ||
      (population[one] as number) - (population[other] as number) ||
      one - other
  )
}
