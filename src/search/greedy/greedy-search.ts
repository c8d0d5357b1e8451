import type { Stopwatch } from '../../stopwatch.js'
import type { Incumbents } from '../incumbents.js'
import { greedyPackings } from './greedy.js'

export interface GreedySearchOptions {
  readonly watch: Stopwatch
  readonly signal: AbortSignal
  /** Lets timers, signals and messages through. */
  readonly breathe: () => Promise<void>
}

/** Offers what greedy finds, and lets others have the thread in between. */
export async function searchGreedily(
  incumbents: Incumbents,
  { watch, signal, breathe }: GreedySearchOptions
): Promise<void> {
  const packings = greedyPackings(incumbents.instance, watch)
  while (!signal.aborted) {
    const { value: state } = incumbents.time('greedy', () => packings.next())
    if (state === undefined) return
    incumbents.offer(state, 'greedy')
    await breathe()
  }
}
