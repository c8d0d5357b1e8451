import type { Fleet } from './fleet.js'

/** Of one deployment, what stays or is moved at least: all that runs, but for its surplus. */
export interface KeptAmounts {
  readonly copies: number
  /** Least move cost of them: the surplus may be the dearest. */
  readonly moveCost: number
}

export function amountKept({ problem, deployments }: Fleet): KeptAmounts[] {
  return deployments.map(({ id, isHeadroom, options, surplus }) => {
    if (isHeadroom) return { copies: 0, moveCost: 0 }
    const costs = problem.replicas
      .filter(({ deployment, node, state }) => deployment === id && node !== null && state !== 'draining')
      .map(({ moveCost }) => moveCost ?? options.moveCost)
      .sort((left, right) => left - right)
      .slice(0, -surplus || undefined)
    return { copies: costs.length, moveCost: costs.reduce((sum, cost) => sum + cost, 0) }
  })
}
