import { availableThreads } from '#spawn'
import type { Executor } from './executor.js'
import { solveScenario } from './solve-scenario.js'

/**
 * Solves scenarios in this thread, their programs on the pool that `compact` uses: for browsers, and where threads of their own cannot be
 * had. Greedy, sequencing and checks of all of them share this one thread.
 */
export function inlineExecutor(concurrency = availableThreads()): Executor {
  const threads = Math.min(256, Math.max(1, concurrency))
  return {
    concurrency: threads,
    solve(task, { signal, onStart }) {
      onStart()
      return solveScenario(task, { threads, signal })
    },
    close: async () => {}
  }
}
