import { createSolverPool, type SolverPool, type SolverPoolOptions } from './workers/pool.js'

const pools = new Map<string | NonNullable<SolverPoolOptions['createWorker']>, Map<number, SolverPool>>()

/**
 * The pool of all calls with so many threads: its workers stay warm from one call to the next, and keep no process alive.
 */
export function sharedPool(threads: number, createWorker?: SolverPoolOptions['createWorker']): SolverPool {
  const bySize = pools.get(createWorker ?? 'own') ?? new Map<number, SolverPool>()
  pools.set(createWorker ?? 'own', bySize)
  const pool =
    bySize.get(threads) ?? createSolverPool({ size: threads, ...(createWorker === undefined ? {} : { createWorker }) })
  bySize.set(threads, pool)
  return pool
}
