/** What an importer says about one thing of a snapshot: a pod, a replica, a node, a whole workload. */
export interface ImportRemark {
  /** What kind of thing, in the words of the cluster: `Pod`, `Node`, `Deployment`, `PodDisruptionBudget`. */
  readonly kind: string
  /** Its name there, with the namespace or application: `default/web-5d4f`. */
  readonly id: string
  /** Why, as a word that stays the same: `local-storage`, `two-disruption-budgets`. */
  readonly code: string
  /** Why, for people: a whole clause without a full stop. */
  readonly reason: string
  /** What would have to change for it to be otherwise, where there is something: an option, an annotation, an override. */
  readonly remedy?: string
}

/** Where the price of a node comes from. */
export type PriceSource = 'annotation' | 'flag' | 'catalogue' | 'override' | 'unknown'

/** Nodes of one type, and what they cost. */
export interface PricedType {
  /** The instance type or group; empty where a node has none. */
  readonly type: string
  readonly nodes: number
  /** Money per hour. */
  readonly costPerHour: number
  readonly source: PriceSource
}

/** What an importer made of a snapshot: nothing is passed over without a word here. */
export interface ImportReport {
  readonly source: 'kubernetes' | 'ray'
  /** So many of each kind were read, by the kind's name: `{ Node: 12, Pod: 340 }`. */
  readonly read: Readonly<Record<string, number>>
  /** So much of it is in the Problem. */
  readonly imported: { readonly nodes: number; readonly deployments: number; readonly replicas: number }
  /** What is in the Problem and stays where it is. */
  readonly pinned: readonly ImportRemark[]
  /** What is not in the Problem as a replica, though it was read: what has ended, or what counts against a node's capacity. */
  readonly leftOut: readonly ImportRemark[]
  /** What was understood in another way than the cluster writes it, and how. */
  readonly adapted: readonly ImportRemark[]
  readonly prices: readonly PricedType[]
}
