import type { HeldReplica, NodeReason, Result } from '../../models/contract/result.js'
import { isGiven } from './text/proof.js'

/** Of a placement that was given, the search has nothing to say. */
const SEARCHED: readonly NodeReason['code'][] = ['no-room-elsewhere', 'not-proven']

/** Why nodes stay, as far as that is worth telling. */
export function toldNodes(result: Result): readonly NodeReason[] {
  const nodes = result.explanation.nodes ?? []
  return isGiven(result) ? nodes.filter(({ code }) => !SEARCHED.includes(code)) : nodes
}

/** Replicas that were held in place, without those of which it is told why their moves were given up. */
export function toldHeld({ explanation }: Pick<Result, 'explanation'>): readonly HeldReplica[] {
  const lost = new Set(explanation.givenUp?.moves.map(({ replica }) => replica))
  return (explanation.held ?? []).filter(({ replica }) => !lost.has(replica))
}
