import type { MigrationLimits } from '../../models/contract/migration-options.js'
import type { ReportExcess } from './levels.js'

/**
 * What is under way at a time. A migration is in flight while its replica has two copies, a start while its copy is not ready; neither
 * counts any more once it has failed or is waited for no longer, since an executor may go on then.
 */
export class Flights {
  /** Deployments by replica. */
  readonly #inFlight = new Map<string, string>()
  readonly #perDeployment = new Map<string, number>()
  /** Replicas that start, by node. */
  readonly #starting = new Map<string, Set<string>>()

  constructor(private readonly limits: MigrationLimits) {}

  begin(replica: string, deployment: string, node: string, isFlight: boolean, report: ReportExcess): void {
    const { inFlight, startsPerNode, perDeployment } = this.limits
    const check = (name: string, where: string, number: number, limit: number | null) => {
      if (limit !== null && number > limit) {
        report('limit', where, `${name}: ${number} at a time, ${limit} allowed`, number - limit)
      }
    }
    const starting = this.#starting.get(node) ?? new Set()
    this.#starting.set(node, starting.add(replica))
    check('startsPerNode', node, starting.size, startsPerNode)
    if (!isFlight || this.#inFlight.has(replica)) return
    this.#inFlight.set(replica, deployment)
    const ofDeployment = (this.#perDeployment.get(deployment) ?? 0) + 1
    this.#perDeployment.set(deployment, ofDeployment)
    check('inFlight', 'plan', this.#inFlight.size, inFlight)
    check('perDeployment', deployment, ofDeployment, perDeployment)
  }

  endStart(replica: string, node: string): void {
    this.#starting.get(node)?.delete(replica)
  }

  land(replica: string): void {
    const deployment = this.#inFlight.get(replica)
    if (deployment === undefined) return
    this.#inFlight.delete(replica)
    this.#perDeployment.set(deployment, (this.#perDeployment.get(deployment) ?? 1) - 1)
  }

  giveUp(replica: string, node: string): void {
    this.endStart(replica, node)
    this.land(replica)
  }
}
