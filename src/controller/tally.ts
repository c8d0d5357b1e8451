import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { ExecutionReport, MoveReport } from '../execution/report.js'
import type { FailedPart } from './events.js'
import { type Costs, costsOf } from './figures.js'
import type { RoundOutcome } from './round-report.js'
import { Savings } from './savings.js'

/** What became of moves, as counted. */
export const moveOutcomes = [
  'done',
  'undone',
  'cancelled',
  'stuck',
  'lost',
  'unfinished'
] as const satisfies readonly MoveReport['outcome'][]

/** How executions ended, as counted. */
export const executionOutcomes = [
  'completed',
  'failed',
  'changed',
  'tripped',
  'aborted',
  'expired',
  'abandoned'
] as const satisfies readonly ExecutionReport['outcome'][]

/** How often something was, by its name. */
class Counts<Name extends string> {
  readonly #counts = new Map<Name, number>()

  add(name: Name, by = 1): void {
    this.#counts.set(name, this.of(name) + by)
  }

  of(name: Name): number {
    return this.#counts.get(name) ?? 0
  }
}

/** The plan that was made last, in short. */
export interface PlanFigures {
  readonly id: string | null
  readonly at: number
  readonly fingerprint: string
  readonly costPerHour: Costs
  readonly nodes: { readonly current: number; readonly planned: number }
  readonly migrations: number
  readonly savingPerHour: number
}

/** What a controller has done since it began. */
export class Tally {
  readonly rounds = new Counts<RoundOutcome>()
  readonly failures = new Counts<FailedPart>()
  readonly migrations = new Counts<MoveReport['outcome']>()
  readonly executions = new Counts<ExecutionReport['outcome']>()
  readonly savings = new Savings()
  plans = 0
  planningMs = 0
  executionMs = 0
  drifts = 0
  stepFailures = 0
  releasedNodes = 0
  lastPlan: PlanFigures | null = null
  observed: { readonly nodes: number; readonly replicas: number; readonly costPerHour: number } | null = null

  countObserved({ nodes, replicas }: Problem): void {
    const costPerHour = nodes.reduce((sum, node) => sum + node.costPerHour, 0)
    this.observed = { nodes: nodes.length, replicas: replicas.length, costPerHour }
  }

  countPlan(problem: Problem, result: Result, at: number): PlanFigures {
    const costPerHour = costsOf(problem, result)
    const current = problem.nodes.length
    const bought = result.newNodes.filter(({ rented }) => rented !== true).length
    this.lastPlan = {
      id: result.plan.id ?? null,
      at,
      fingerprint: result.problem.fingerprint,
      costPerHour,
      nodes: { current, planned: current - result.releasedNodes.length + bought },
      migrations: result.objective?.migrations ?? 0,
      savingPerHour: costPerHour.current - costPerHour.planned
    }
    return this.lastPlan
  }

  /** `savedPerHour`: money that it saves from now on. */
  countExecution(report: ExecutionReport, savedPerHour: number, now: number): void {
    this.executions.add(report.outcome)
    // Whoever goes on with it reports all of it again.
    if (report.outcome === 'abandoned') return
    this.savings.add(savedPerHour, now)
    // What comes or goes is no migration.
    for (const { from, to, outcome } of report.moves) if (from !== null && to !== null) this.migrations.add(outcome)
    this.executionMs += report.seconds * 1000
    this.releasedNodes += report.releasedNodes.length
  }
}
