import type { Budget } from '../../budget.js'
import { breathe, takeTurn } from '../../turns.js'
import type { Incumbents } from '../incumbents.js'
import { greedyPackings } from './greedy.js'

export interface GreedySearchOptions {
  readonly budget: Budget
  readonly signal: AbortSignal
}

/** Offers what greedy finds, and lets others have the thread in between. */
export async function searchGreedily(incumbents: Incumbents, { budget, signal }: GreedySearchOptions): Promise<void> {
  const packings = greedyPackings(incumbents.instance, budget)
  while (!signal.aborted) {
    const { value: state, done } = incumbents.time('greedy', () => takeTurn(packings))
    if (done === true) return
    if (state !== null) incumbents.offer(state, 'greedy')
    await breathe()
  }
}
