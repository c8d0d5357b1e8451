import type { Problem } from '../../../../models/contract/problem.js'

/** How many replicas of each workload there are, step by step: a script says from what to what it scales. */
export class WorkloadCounts {
  readonly #counts = new Map<string, number>()

  constructor({ deployments, replicas }: Problem) {
    for (const deployment of deployments) {
      const listed = replicas.filter((each) => each.deployment === deployment.id && each.state !== 'draining').length
      // Where fewer are wanted than there are, the plan itself takes the others away.
      this.#counts.set(deployment.id, Math.max(listed, deployment.replicas ?? listed))
    }
  }

  /** Counts one more or one less; the words are from and to. */
  change(deployment: string, by: 1 | -1): [from: string, to: string] {
    const before = this.#counts.get(deployment) ?? 0
    this.#counts.set(deployment, before + by)
    return [String(before), String(before + by)]
  }
}
