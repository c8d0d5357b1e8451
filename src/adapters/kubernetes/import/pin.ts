/** A reason why pods stay where they are. */
export interface Pin {
  /** A word that stays the same. */
  readonly code: string
  /** A whole clause without a full stop, whose subject is the pod or the workload. */
  readonly reason: string
  /** What would have to change. */
  readonly remedy?: string
  /** Where a pod may start is not known either, so that one without a node is left out of the plan. */
  readonly blocksStarts?: boolean
}
