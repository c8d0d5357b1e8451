import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { ExecutionReport } from '../execution/report.js'
import type { Holds } from './holds.js'

/** What a round has moved: it is left alone for a while when the round is over, and not before, so that a plan that was cut short is ended. */
export class Touched {
  readonly deployments = new Set<string>()
  readonly nodes = new Set<string>()
  readonly replicas = new Set<string>()
  /** Migrations that were begun. */
  migrations = 0

  note({ replicas }: Problem, { plan, newNodes }: Result, { moves }: ExecutionReport): void {
    const deploymentOf = new Map(replicas.map(({ id, deployment }) => [id, deployment]))
    for (const step of plan.steps) {
      if (step.action === 'start' && step.deployment !== undefined) deploymentOf.set(step.replica, step.deployment)
    }
    for (const { replica, from, to, outcome } of moves) {
      if (outcome === 'cancelled') continue
      for (const node of [from, to]) if (node !== null) this.nodes.add(node)
      if (from === null || to === null) continue
      this.migrations++
      if (outcome === 'done') this.replicas.add(replica)
      const deployment = deploymentOf.get(replica)
      if (deployment !== undefined) this.deployments.add(deployment)
    }
    for (const { id } of newNodes) this.nodes.add(id)
  }

  hold(holds: Holds, now: number): void {
    for (const id of this.deployments) holds.holdDeployment(id, now)
    for (const id of this.nodes) holds.holdNode(id, now)
  }
}
