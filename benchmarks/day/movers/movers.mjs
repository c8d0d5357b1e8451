/** Who is compared on the simulated day. */
import { isBalanced } from '../../policies/karpenter/disruption.mjs'
import { ControllerMover } from './controller.mjs'
import { KarpenterConsolidation } from './karpenter.mjs'
import { RayCompaction } from './ray.mjs'

/** @import { Mover } from '../run-day.mjs' */
/** @import { ServingCluster } from '../serving-cluster.mjs' */

/** @typedef {{ name: string, description: string, make: (cluster: ServingCluster, seed: number) => Mover }} MoverKind */

/** Nobody: what the others are measured against. */
export const NOBODY = 'no compaction'

/** @type {readonly MoverKind[]} */
export const movers = [
  { name: NOBODY, description: 'Only idle nodes are given back, after five minutes.', make: () => ({}) },
  {
    name: 'ray',
    description: 'Ray Serve, compaction: one node at a time, after every deployment has been stable for 300 s.',
    make: (cluster) => new RayCompaction(cluster, 300)
  },
  {
    name: 'ray, at once',
    description: 'The same without the 300 s.',
    make: (cluster) => new RayCompaction(cluster, 0)
  },
  {
    name: 'karpenter',
    description:
      'Karpenter, consolidation when empty or underutilised, consolidateAfter 5m, 10 % of the nodes at a time, one replica of a deployment missing at most.',
    make: (cluster) => new KarpenterConsolidation(cluster, () => true)
  },
  {
    name: 'karpenter, balanced',
    description:
      'The same, where the share of the cost that is saved is at least half the share of the replicas disrupted.',
    make: (cluster) => new KarpenterConsolidation(cluster, isBalanced)
  },
  {
    name: 'replica-compactor',
    description:
      'The controller of this package: deployments at rest for 120 s are planned every 300 s, at most 12 moves a plan; all else is its default.',
    make: (cluster, seed) => new ControllerMover(cluster, seed)
  },
  {
    name: 'replica-compactor, drains',
    description:
      'The same, restricted to plans that stock Ray can execute: one node drained after the other, onto nodes with something on them (`executableOn: ray`).',
    make: (cluster, seed) => new ControllerMover(cluster, seed, { planning: { executableOn: 'ray' } })
  }
]
