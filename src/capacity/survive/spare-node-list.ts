/** Nodes kept beside those of the plan, so that losses are survived. */
export interface SpareNodes {
  /** Listed nodes that the plan would release, and nodes to buy. */
  readonly nodes: readonly {
    readonly id: string
    readonly type?: string
    readonly isNew: boolean
    readonly costPerHour: number
  }[]
  readonly costPerHour: number
  /** Losses that no spare nodes were found for in time. */
  readonly notCovered: readonly string[]
}
