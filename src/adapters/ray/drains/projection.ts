import type { Step } from '../../../../models/contract/plan.js'
import type { DeviceIndices } from '../../../../models/contract/quantities.js'
import type { RefusalCode } from '../../../search/drains/drain.js'

/** One replica of a node that is drained, and where Ray Serve is predicted to start its replacement. */
export interface PredictedMove {
  readonly replica: string
  readonly deployment: string
  readonly to: string
  /** The devices that Ray is predicted to choose there; left out where it takes none. */
  readonly devices?: DeviceIndices
  /** Whether the plan, too, has a replica of the deployment go from this node to that one. */
  readonly isPlanned: boolean
}

/** A node that is drained, after those before it in the list. */
export interface ProjectedDrain {
  readonly node: string
  readonly reason: 'release' | 'must-empty'
  readonly moves: readonly PredictedMove[]
}

/** A node that the plan empties and that is not drained, and why. */
export interface UndrainedNode {
  readonly node: string
  readonly code: RefusalCode
  /** The replicas in the way. */
  readonly replicas: readonly string[]
  /** Where Serve would start one of them, where that is what forbids it. */
  readonly target?: string
}

/**
 * Why a step cannot be expressed in drains. node-not-emptied: it moves a replica off a node that is not given up as a whole. swap: so it
 * does, for one that comes there. hop: it is a stop-over of the plan's own. not-drained: the node would have to be drained and cannot be.
 * other-target: Serve would start the replacement on another node. idle-node: Serve uses no node that hosts nothing. bought-node:
 * nothing can be started on a node that is yet to be bought. other-replica: Serve stops another replica of the deployment. no-undrain: a
 * drain cannot be taken back. other-devices: it is done, but Ray chooses other devices.
 */
export type StepRemark =
  | 'node-not-emptied'
  | 'swap'
  | 'hop'
  | 'not-drained'
  | 'other-target'
  | 'idle-node'
  | 'bought-node'
  | 'other-replica'
  | 'no-undrain'
  | 'other-devices'

/** A step of the exact plan, and whether the drains come to the same. */
export interface StepMark {
  readonly step: string
  readonly action: Step['action']
  readonly isExecutable: boolean
  /** Why not; or, beside a step that is executable, what is not as planned. */
  readonly remark?: StepRemark
  /** The node that Serve would choose instead. */
  readonly instead?: string
}

/** A plan as far as draining whole nodes can carry it out. */
export interface DrainProjection {
  /** One after the other, each as a whole. */
  readonly drains: readonly ProjectedDrain[]
  /** Nodes without replicas that the plan releases: given back as they are. */
  readonly idle: readonly string[]
  readonly undrained: readonly UndrainedNode[]
  /** Every step of the plan, in its order. */
  readonly steps: readonly StepMark[]
  /** Whether as many replicas of each deployment end on each node as planned. */
  readonly isSamePlacement: boolean
  /** Whether the same nodes are given back. */
  readonly isSameRelease: boolean
  /** Money per hour: of the cluster now, in the end of the plan, and in the end of the drains; and beside them, of the idle nodes. */
  readonly costPerHour: {
    readonly now: number
    readonly planned: number
    readonly drained: number
    readonly idle: number
  }
}
