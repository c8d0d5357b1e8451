import type { DrainState } from './drain-state.js'

/**
 * Drains nodes in the order of a list, passing over those that cannot be drained yet, again and again until a whole pass drains none.
 * Yields null after every look at a node, and a node when it was drained.
 */
export function* drainInOrder(drained: DrainState, nodes: readonly number[]): Generator<number | null> {
  let open = [...nodes]
  for (let drainedAny = true; drainedAny; ) {
    drainedAny = false
    const left: number[] = []
    for (const node of open) {
      if (drained.isDrained(node)) continue
      const refusal = drained.drain(node)
      if (refusal === null) drainedAny = true
      else if (!refusal.isFinal) left.push(node)
      yield refusal === null ? node : null
    }
    open = left
  }
}

/** Nodes that some sequence of drains may reach: those that are not refused for good at rest. */
export function drainableNodes(drained: DrainState): number[] {
  return [...drained.active]
    .sort((one, other) => one - other)
    .filter((node) => {
      const refusal = drained.drain(node)
      if (refusal === null) drained.undo()
      return refusal?.isFinal !== true
    })
}
