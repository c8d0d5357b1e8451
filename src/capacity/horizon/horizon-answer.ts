import type { AnswerHead } from '../question/answer.js'

/** Money over the whole horizon, by what it is paid for. */
export interface HorizonCost {
  /** Nodes that are paid for in every hour, used or not. */
  readonly base: number
  /** Nodes by the hour that cannot be taken away, and those that can. */
  readonly onDemand: number
  readonly spot: number
  /** Nodes while they are provisioned. */
  readonly orders: number
  /** Migrations at the study's price. */
  readonly moves: number
  readonly total: number
}

/** Nodes of one type that are paid for in every hour. */
export interface BaseNodes {
  readonly type: string
  /** Of nodes that are there, the id of the first that is like these. */
  readonly node?: string
  readonly market: string
  /** Whether they are to be committed to; else they are there already. */
  readonly isCommitment: boolean
  readonly nodes: number
  readonly costPerHour: number
  /** Share of their hours in which they host something. */
  readonly usedShare: number
}

/** Nodes of one type by the hour, over the horizon. */
export interface HourlyNodes {
  readonly type: string
  readonly market: string
  readonly nodeHours: number
  readonly mostNodes: number
  readonly orders: number
  readonly cost: number
}

/** What a node hosts: replicas by deployment. */
export interface NodeContents {
  readonly type: string
  /** Of nodes that are there, the id of the first that is like these. */
  readonly node?: string
  readonly market: string
  /** Whether the node is one of the base. */
  readonly ofBase: boolean
  readonly replicas: Readonly<Record<string, number>>
  /** Replicas for which there must still be room beside those, by deployment; absent where the study asks for no headroom. */
  readonly headroom?: Readonly<Record<string, number>>
}

export interface HorizonPeriod {
  /** From the beginning of the horizon. */
  readonly startSeconds: number
  /** The base and nodes by the hour, without orders and migrations. */
  readonly costPerHour: number
  /** With this base the period costs no less. */
  readonly boundPerHour: number
  readonly gap: number
  /** Pairs: index in `contents`, and how many nodes host that. */
  readonly nodes: readonly (readonly [contents: number, nodes: number])[]
  /** Nodes ordered for this period, and given back before it. */
  readonly orders: number
  readonly releases: number
  /** Replicas that run in this period and the one before, but elsewhere. */
  readonly moves: number
}

/** What to commit to, and what to have by the hour, over a horizon. */
export interface HorizonAnswer extends AnswerHead<'horizon'> {
  /** infeasible: some periods cannot be served by anything on offer. none: no plan was found, nor a proof that there is none. `notes` say which. */
  readonly status: 'feasible' | 'infeasible' | 'none'
  readonly periodSeconds: number
  readonly hours: number
  /** ISO 8601; absent where the forecast counts seconds. */
  readonly startsAt?: string
  readonly cost: HorizonCost
  readonly costPerHour: number
  /** No plan for the horizon costs less, whatever its base. */
  readonly bound: number
  readonly boundPerHour: number
  readonly gap: number
  /** The largest gap of a period. */
  readonly worstPeriodGap: number
  /** Without any commitment the horizon costs no less: what the base is worth. */
  readonly withoutCommitment: { readonly bound: number; readonly boundPerHour: number }
  readonly base: readonly BaseNodes[]
  readonly hourly: readonly HourlyNodes[]
  readonly orders: number
  readonly moves: number
  readonly contents: readonly NodeContents[]
  readonly periods: readonly HorizonPeriod[]
  readonly notes: readonly string[]
}
