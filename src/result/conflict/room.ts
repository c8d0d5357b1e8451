import { mostHosted } from '../../../models/formulations/node-inequality.js'
import type { Instance, InstanceDeployment, InstanceNode } from '../../../models/instance/instance.js'
import { mayStart } from '../../../models/instance/instance.js'

/** Relative rounding of sums of amounts. */
const ROUNDING = 1e-9

/** Whether a sum of amounts is above another, in whatever order they were summed up. */
export function exceeds(sum: number, most: number): boolean {
  return sum > most * (1 + ROUNDING)
}

/**
 * How many copies of each deployment are required, and how many a node could hold at most, whatever else it hosts. What runs
 * on a node today may stay there, even where nothing may start any more.
 */
export class Room {
  /** Copies of each deployment that stay possible where they run: [deployment × nodes + node]. */
  readonly #now: Int32Array

  constructor(readonly instance: Instance) {
    this.#now = new Int32Array(instance.deployments.length * instance.nodes.length)
    for (const { deployment, node, state } of instance.copies) {
      if (state === 'draining' || instance.nodes[node]?.mustEmpty === true) continue
      const key = deployment * instance.nodes.length + node
      this.#now[key] = (this.#now[key] as number) + 1
    }
  }

  /** Copies that every answer places: all that are wanted, with best effort those that run already. */
  required({ desired, placed, isHeadroom }: InstanceDeployment): number {
    return this.instance.problem.pending === 'best-effort' && !isHeadroom ? Math.min(desired, placed) : desired
  }

  /** `required` of several deployments, by index. */
  requiredOf(deployments: readonly number[]): number {
    return deployments.reduce(
      (sum, index) => sum + this.required(this.instance.deployments[index] as InstanceDeployment),
      0
    )
  }

  today(deployment: number, node: number): number {
    return this.#now[deployment * this.instance.nodes.length + node] as number
  }

  /** Most copies of a deployment on one node in any answer. */
  most(deployment: number, node: number): number {
    const { instance } = this
    const now = this.today(deployment, node)
    if (!mayStart(instance, deployment, node)) return now
    return mostHosted(instance, deployment, instance.nodes[node] as InstanceNode, now)
  }

  /** Most copies of several deployments on several nodes, each counted as if it were alone. */
  mostOf(deployments: readonly number[], nodes: readonly number[]): number {
    let sum = 0
    for (const deployment of deployments) for (const node of nodes) sum += this.most(deployment, node)
    return sum
  }
}
