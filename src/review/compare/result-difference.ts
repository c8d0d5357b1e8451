import type { DeviceIndices } from '../../../models/contract/quantities.js'
import type { Result, Violation } from '../../../models/contract/result.js'
import type { AnswerHead } from '../answer-head.js'

/** A figure of two Results; null where one has none. */
export interface Figure {
  readonly before: number | null
  readonly after: number | null
}

/** The figures that are compared, in their order. */
export const figureNames = [
  'costPerHour',
  'total',
  'bound',
  'gap',
  'migrations',
  'moveCost',
  'activeNodes',
  'steps',
  'makespanSeconds',
  'unplaced',
  'violations'
] as const
export type FigureName = (typeof figureNames)[number]

/** Copies of one deployment on one node in the end, where their numbers differ. */
export interface CountDifference {
  readonly deployment: string
  readonly node: string
  readonly before: number
  readonly after: number
}

/** A replica that ends elsewhere; null: nowhere. */
export interface EndDifference {
  readonly replica: string
  readonly deployment: string
  readonly before: string | null
  readonly after: string | null
}

/** A replica that ends on the same node with other devices, which none of its deployment held there before. */
export interface DeviceDifference {
  readonly replica: string
  readonly node: string
  readonly before: DeviceIndices
  readonly after: DeviceIndices
}

/** A replica that a plan starts on a node. */
export interface PlannedMove {
  readonly replica: string
  readonly deployment: string
  /** Where it runs now; null: nowhere yet. */
  readonly from: string | null
  readonly to: string
}

/** What only one of two has. */
export interface OnlyIn<Item> {
  readonly before: readonly Item[]
  readonly after: readonly Item[]
}

/**
 * How one Result of a Problem differs from another. Replicas of one deployment are interchangeable, as are bought nodes of one type: what only has
 * another name is in `renamed`, and nowhere else. Not so where that changes how many move or what moving costs, or where one is pinned, starting,
 * draining or in a gang and the other is not. Ids of bought nodes are those of the first, where both buy them.
 */
export interface ResultDifference extends AnswerHead<'difference'> {
  /** Whether nothing differs but names: no figure but the bound and the gap, and nothing in the lists. */
  readonly same: boolean
  readonly termination: { readonly before: Result['termination']; readonly after: Result['termination'] }
  readonly figures: Readonly<Record<FigureName, Figure>>
  /** Nodes of the Problem that only one plan releases. */
  readonly released: OnlyIn<string>
  /** Nodes that are bought, rented ones included, by type, where their numbers differ. */
  readonly bought: readonly { readonly type: string; readonly before: number; readonly after: number }[]
  readonly counts: readonly CountDifference[]
  readonly headroom: readonly CountDifference[]
  /** The replicas that account for `counts`: one may end where another was, who ends elsewhere, too. */
  readonly replicas: readonly EndDifference[]
  /** Replicas that only changed places with others that are like them, in a round. */
  readonly renamed: readonly EndDifference[]
  readonly devices: readonly DeviceDifference[]
  /** Moves and starts that only one plan makes, but for what is only renamed. */
  readonly moves: OnlyIn<PlannedMove>
  /** Replicas without a place, by deployment, where their numbers differ. */
  readonly unplaced: readonly { readonly deployment: string; readonly before: number; readonly after: number }[]
  readonly violations: OnlyIn<Violation>
  /** Ways of dealing with blocked moves, and moves that they concern, where these differ. */
  readonly rungs: readonly { readonly rung: string; readonly before: number; readonly after: number }[]
}
