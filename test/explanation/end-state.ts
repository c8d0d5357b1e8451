import { brokenRules, type PlacedCopy } from '../../models/checker/broken-rules.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'

/** A replica of a Result where it is in the end. */
export interface EndCopy extends PlacedCopy {
  readonly replica: string
}

/** The end of a Result as the checker takes it, to be changed and judged. */
export class EndState {
  readonly copies: readonly EndCopy[]

  constructor(
    readonly problem: Problem,
    readonly result: Result
  ) {
    const deployments = new Map(problem.replicas.map(({ id, deployment }) => [id, deployment]))
    this.copies = result.placement.map(({ replica, deployment, node, devices }) => ({
      replica,
      deployment: deployment ?? deployments.get(replica) ?? '',
      node,
      devices
    }))
  }

  /** The same, judged by what holds at every moment alone. */
  continuously(): EndState {
    const rules = this.problem.rules.map((rule) =>
      rule.kind === 'anti-affinity' || rule.kind === 'conflict' ? rule : { ...rule, deployments: [] }
    )
    return new EndState({ ...this.problem, rules }, this.result)
  }

  /** Where a replica runs now, on the devices that it holds there. */
  atHome(replica: string): EndCopy {
    const listed = this.problem.replicas.find(({ id }) => id === replica)
    const assumed = this.result.assumedDevices.find((entry) => entry.replica === replica)
    if (listed?.node == null) throw new Error(`${replica} does not run`)
    const devices = listed.devices ?? assumed?.devices
    return { replica, deployment: listed.deployment, node: listed.node, devices }
  }

  /** Whether copies and headroom break a limit or rule more than others do. */
  isWorse(
    copies: readonly EndCopy[],
    than: readonly EndCopy[] = this.copies,
    headroom: Result['headroom'] = this.result.headroom
  ): boolean {
    const before = this.#amounts(than, this.result.headroom)
    return [...this.#amounts(copies, headroom)].some(([key, amount]) => amount > (before.get(key) ?? 0) + 1e-6)
  }

  #amounts(copies: readonly EndCopy[], headroom: Result['headroom']): Map<string, number> {
    const amounts = new Map<string, number>()
    for (const { code, where, amount, message } of brokenRules(this.problem, copies, {
      newNodes: this.result.newNodes,
      headroom
    })) {
      const key = JSON.stringify([code, where, /rules\[\d+\]/.exec(message)?.[0] ?? ''])
      amounts.set(key, (amounts.get(key) ?? 0) + amount)
    }
    return amounts
  }
}
