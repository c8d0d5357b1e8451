import type { Proposal, Propose } from '../proposal.js'
import type { Scene } from '../scene.js'
import { proposeBudget } from './budget.js'
import { proposeCapacity } from './capacity.js'
import { proposeGate } from './gate.js'
import { proposeHolds } from './holds.js'
import { proposeMigration } from './migration.js'
import { proposePurchases } from './purchases.js'
import { proposeLess } from './room.js'
import { proposeReplicasPerNode, proposeRules } from './rules.js'
import { proposeSelectors } from './selectors.js'

const KINDS: readonly Propose[] = [
  proposeHolds,
  proposeBudget,
  proposeGate,
  proposeMigration,
  proposeCapacity,
  proposePurchases,
  proposeRules,
  proposeReplicasPerNode,
  proposeSelectors,
  proposeLess
]

/** Every single change that seems to be in the way, the most promising first. */
export function proposeChanges(scene: Scene): Proposal[] {
  return KINDS.flatMap((propose) => propose(scene)).sort((left, right) => right.weight - left.weight)
}
