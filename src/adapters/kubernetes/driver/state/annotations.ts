/** On a node that a plan has cordoned: `{ "owner", "plan" }`. What bears it was cordoned by us, and may be opened by us. */
export const CORDON = 'replica-compactor/cordon'
/** On a node that a plan has emptied: when, in ISO 8601. */
export const RELEASED = 'replica-compactor/released'
/** On a node that was bought for a plan: what the plan calls it. */
export const PLANNED_NODE = 'replica-compactor/node'
/** On a pod that stands for a replica of a plan: `{ "plan", "replica" }`. */
export const CLAIM = 'replica-compactor/claim'
/** On a workload while it has more pods than its owner wants: see `Ledger`. */
export const LEDGER = 'replica-compactor/ledger'
/** On a pod whose own deletion cost was set aside: that cost. */
export const FORMER_COST = 'replica-compactor/former-deletion-cost'
/** What a ReplicaSet goes by among pods that are equally ready: the lowest goes first. */
export const DELETION_COST = 'controller.kubernetes.io/pod-deletion-cost'
/** The lowest deletion cost that there is. */
export const LOWEST_COST = String(-(2 ** 31))
