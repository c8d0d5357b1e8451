import type { PackingState } from '../search/packing-state.js'
import { contentLimits, type NodeLimit, ownerLimits } from './node-limits.js'

/**
 * What keeps one more copy of a deployment off a node, by name: a resource such as `gpu`, or the path of what the Problem says, such as
 * `rules[2]`. Empty where it may come. Of a node that is closed, and of one that the selector leaves out, nothing else is said.
 */
export function blockersOf(state: PackingState, deployment: number, node: number): string[] {
  const owner = ownerLimits(state, deployment, node)
  return namesOf(owner.length > 0 ? owner : contentLimits(state, deployment, node))
}

function namesOf(limits: readonly NodeLimit[]): string[] {
  return [...new Set(limits.flatMap(({ resource, path }) => resource ?? path ?? []))]
}
