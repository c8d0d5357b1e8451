import type { Result } from '../../../../models/contract/result.js'
import type { Instance } from '../../../../models/instance/instance.js'

/** From where to where a plan moves replicas of each deployment; replicas of one deployment are interchangeable. */
export class Routes {
  readonly #indices: ReadonlyMap<string, number>
  readonly #taken: ReadonlySet<string>

  constructor({ nodes, problem }: Instance, { plan }: Pick<Result, 'plan'>) {
    const owners = new Map(problem.replicas.map(({ id, deployment }) => [id, deployment]))
    this.#indices = new Map(nodes.map(({ id, index }) => [id, index]))
    this.#taken = new Set(
      plan.steps.flatMap((step) =>
        step.action === 'shift'
          ? [JSON.stringify([owners.get(step.replica) ?? step.deployment, step.from, step.to])]
          : []
      )
    )
  }

  /** Whether some replica of a deployment goes from one node to another. */
  takes(deployment: string, from: string, to: string): boolean {
    return this.#taken.has(JSON.stringify([deployment, from, to]))
  }

  indexOf(node: string): number {
    return this.#indices.get(node) ?? -1
  }
}
