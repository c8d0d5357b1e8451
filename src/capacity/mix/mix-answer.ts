import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { AnswerHead } from '../question/answer.js'

/** Nodes of one type and market that the cheapest mix keeps, buys or gives back. */
export interface MixNodes {
  readonly type: string
  readonly market: string
  readonly costPerHour: number
  /** Nodes that are there and stay, that are bought, and that are given back. */
  readonly kept: number
  readonly bought: number
  readonly released: number
}

/** What it takes to get from what there is to the mix. */
export interface GettingThere {
  readonly migrations: number
  readonly moveCost: number
  readonly makespanSeconds: number
  /** Money for nodes that are bought while they are provisioned, for migrations at the study's price, and for both. */
  readonly provisionCost: number
  readonly migrationCost: number
  readonly cost: number
  /** Hours after which the saving has paid for it; null where nothing is saved. */
  readonly paybackHours: number | null
}

/** The cheapest mix of node types for one moment, and what it takes to get there. */
export interface MixAnswer extends AnswerHead<'mix'> {
  /** none: nothing was found in time. infeasible: it is proven that nothing exists. */
  readonly status: 'feasible' | 'none' | 'infeasible'
  /** Replicas of each deployment. */
  readonly replicas: Readonly<Record<string, number>>
  readonly costPerHour: number
  /** No mix costs less. */
  readonly boundPerHour: number
  readonly gap: number
  /** Of the nodes that are active now, and those that are paid for anyway; 0 where there are none. */
  readonly todayPerHour: number
  readonly nodes: readonly MixNodes[]
  readonly gettingThere: GettingThere
  /** The Problem of the moment, with as many nodes on offer as the mix buys, and its Result: placement and plan. */
  readonly problem: Problem
  readonly result: Result | null
  readonly notes: readonly string[]
}
