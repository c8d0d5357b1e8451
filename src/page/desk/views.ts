import type { Decisions } from '../../../models/contract/decisions.js'
import type { CostPoint } from '../../report/cluster/cost-path.js'
import type { NodeFate } from '../../report/cluster/describe-cluster.js'
import type { Tile } from '../../report/html/tiles.js'
import type { SearchPoint } from '../../report/svg/search-chart.js'
import type { Wishes } from '../planning/wishes.js'

/** What the page shows: small, plain values. The Problem and the Result themselves stay with the desk. */

/** What was opened. */
export interface ProblemView {
  readonly name: string
  /** Of an imported snapshot what was made of it, as lines of text; null where a Problem was opened. */
  readonly imported: string | null
  readonly nodes: number
  readonly replicas: number
  readonly deployments: readonly DeploymentView[]
  readonly costPerHour: number
  /** Replicas that run and may move: no more migrations are of use. */
  readonly movable: number
  readonly wishes: Wishes
}

export interface DeploymentView {
  readonly id: string
  readonly replicas: number
  /** Whether the Problem itself says that it stays. */
  readonly isFixed: boolean
}

/** A resource of a node. */
export interface ResourceView {
  readonly name: string
  /** Devices, where it is counted in them. */
  readonly devices: number | null
}

/** How full a node is at a moment. */
export interface NodeCell {
  readonly presence: 'awaited' | 'ordered' | 'there' | 'released'
  readonly isCordoned: boolean
  readonly copies: number
  readonly starting: number
  readonly draining: number
  /** What is used of each resource of the row, in its order, of 1. */
  readonly shares: readonly number[]
  /** For each resource that is counted in devices, what is held of each device. */
  readonly devices: readonly (readonly number[] | null)[]
}

/** A node, and how it is before the first step. */
export interface NodeRow {
  readonly id: string
  readonly type: string
  readonly costPerHour: number
  readonly fate: NodeFate
  readonly resources: readonly ResourceView[]
  readonly before: NodeCell
}

/** All nodes, and how they may be told apart. */
export interface ClusterView {
  readonly rows: readonly NodeRow[]
  readonly steps: number
  /** Of the whole migration, by schedule. */
  readonly seconds: number
  readonly costs: readonly CostPoint[]
}

/** The cluster after so many steps. */
export interface FrameView {
  readonly step: number
  readonly seconds: number
  readonly costPerHour: number
  readonly sentence: string
  readonly migrations: { readonly done: number; readonly inFlight: number; readonly total: number }
  /** Rows that differ from the frame before, and how they are. */
  readonly changed: readonly (readonly [row: number, cell: NodeCell])[]
  /** Rows that the last step is about. */
  readonly touched: readonly number[]
}

/** A Result in figures and words. */
export interface ResultView {
  readonly isFeasible: boolean
  /** What it comes to. */
  readonly sentence: string
  /** The figures that matter. */
  readonly tiles: readonly Tile[]
  /** How it was found. */
  readonly search: string
  /** What the checker found. */
  readonly violations: readonly string[]
  /** What a reader must not miss: a title, and its items. */
  readonly remarks: readonly RemarkView[]
  /** What cannot hold together, where there is no placement. */
  readonly conflict: readonly { readonly path: string; readonly message: string }[]
  readonly trail: readonly SearchPoint[]
  /** What was decided on single moves, and the Result obeys. */
  readonly decisions: Decisions
}

export interface RemarkView {
  readonly title: string
  readonly items: readonly string[]
}

/** A replica that is elsewhere in the end. */
export interface MoveView {
  readonly replica: string
  readonly deployment: string
  readonly from: string
  readonly to: string
  /** What it is for, where the Result says. */
  readonly purpose: string
}

/** Who is on a node, what it is like, and what becomes of it. */
export interface NodeDetails {
  readonly row: number
  readonly labels: readonly (readonly [name: string, value: string])[]
  readonly reason: string
  readonly residents: readonly ResidentView[]
}

export interface ResidentView {
  readonly replica: string | null
  readonly deployment: string
  readonly role: 'stays' | 'leaves' | 'arrives' | 'room'
  readonly other: string | null
  /** fixed: the Problem itself says that it stays. free: it may be pinned here. none: it does not run here, or only ends here. */
  readonly pin: 'fixed' | 'free' | 'none'
}
