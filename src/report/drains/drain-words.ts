import type { StepRemark, UndrainedNode } from '../../adapters/ray/drains/projection.js'

/** Why steps, one or many, cannot be expressed in drains: what stands behind their number. */
export const REMARKS: Record<StepRemark, string> = {
  'node-not-emptied': 'off nodes that are kept: Ray moves nothing but whole nodes',
  swap: 'trading places with replicas of other nodes: Ray moves nothing but whole nodes',
  hop: 'stopping over: Ray moves nothing but whole nodes',
  'not-drained': 'about nodes that cannot be drained',
  'other-target': 'Serve starts the replacement on another node',
  'idle-node': 'Serve starts no replacement on a node that hosts nothing',
  'bought-node': 'Serve knows no node that is yet to be bought',
  'other-replica': 'Serve stops another replica of the deployment',
  'no-undrain': 'a drain cannot be taken back',
  'other-devices': 'done, but on devices that Ray chooses'
}

/** Why a node cannot be drained: a clause. */
export const UNDRAINED: Record<UndrainedNode['code'], string> = {
  held: 'holds what must not be moved, or what Serve is still starting or stopping',
  kept: 'is never given back',
  surge: 'would start more replacements of a deployment at once than maxSurge allows',
  budget: 'takes more migrations than the budget allows',
  hop: 'would move a replica a second time, which is not allowed',
  'no-room': 'has replicas for which Serve would find no node',
  refused: 'has a replica that Serve would start where it cannot be or must not be',
  'start-up': 'has replicas that take more while all start at once than there is'
}
