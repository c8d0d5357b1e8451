/** One copy to start: a moved, a pending or a new replica, or headroom; which of these is decided when replicas are named. */
export interface Arrival {
  readonly deployment: number
  readonly node: number
}

/** The contents of all nodes in the end, before replicas get names and arrivals get devices. */
export interface Packing {
  /** 1 for each copy that stays on its node. */
  readonly stays: Uint8Array
  readonly arrivals: readonly Arrival[]
}

/** A node, and the devices there: one list for each of the instance's device resources. */
export interface Place {
  readonly node: number
  readonly devices: readonly (readonly number[])[]
}

/** A replica that has no copy yet: a pending one of the Problem, or one that it does not list. */
export interface Newcomer extends Place {
  readonly id: string
  readonly deployment: number
}

/** Where every replica is in the end, by name and device. */
export interface Target {
  /** For each copy of the instance its place in the end; null: it is stopped (surplus or draining). */
  readonly copies: readonly (Place | null)[]
  readonly newcomers: readonly Newcomer[]
  /** Room kept free; `deployment` is the real one. */
  readonly headroom: readonly (Place & { readonly deployment: number })[]
  readonly unplaced: readonly { readonly id: string; readonly deployment: number }[]
}
