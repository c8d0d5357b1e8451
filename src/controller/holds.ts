import type { Problem } from '../../models/contract/problem.js'
import type { Hold } from './controller-state.js'
import type { CooldownPolicy } from './policy.js'

/** What is left alone for a while because it was moved, or has just come. Times in milliseconds. */
export class Holds {
  readonly #deployments = new Map<string, number>()
  readonly #nodes = new Map<string, number>()

  constructor(private readonly policy: CooldownPolicy) {}

  /** A replica of it was moved. */
  holdDeployment(id: string, from: number): void {
    extend(this.#deployments, id, from + this.policy.deploymentSeconds * 1000)
  }

  /** It was filled, emptied, opened or got, or has just come. */
  holdNode(id: string, from: number): void {
    extend(this.#nodes, id, from + this.policy.nodeSeconds * 1000)
  }

  /**
   * What a former controller may have moved, by when replicas were started: whoever did it, none of them is due yet. What was started
   * after this controller began it would know of. Nodes without replicas may have just come.
   */
  derive({ nodes, replicas }: Problem, startedAt: ReadonlyMap<string, number>, beganAt: number): void {
    const occupied = new Set(replicas.map(({ node }) => node))
    for (const { id } of nodes) if (!occupied.has(id)) this.holdNode(id, beganAt)
    for (const { id, deployment, node } of replicas) {
      const at = startedAt.get(id)
      if (at === undefined || node === null) continue
      // A cluster whose clock is ahead must not hold anything for longer than the policy says.
      this.holdDeployment(deployment, Math.min(at, beganAt))
      this.holdNode(node, Math.min(at, beganAt))
    }
  }

  /** What is held at the moment; what is held no longer is forgotten. */
  at(now: number): { readonly deployments: Hold[]; readonly nodes: Hold[] } {
    forget(this.#deployments, now)
    forget(this.#nodes, now)
    return { deployments: describe(this.#deployments), nodes: describe(this.#nodes) }
  }
}

function extend(holds: Map<string, number>, id: string, until: number): void {
  holds.set(id, Math.max(until, holds.get(id) ?? until))
}

function forget(holds: Map<string, number>, now: number): void {
  for (const [id, until] of holds) if (until <= now) holds.delete(id)
}

function describe(holds: ReadonlyMap<string, number>): Hold[] {
  return [...holds].map(([id, until]) => ({ id, until, reason: 'cool-down' }))
}
