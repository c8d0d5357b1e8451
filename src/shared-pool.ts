import type { PlatformWorker } from '#spawn'
import type { CompactOptions } from './options.js'
import { createSolverPool, type SolverPool } from './workers/pool.js'

const pools = new Map<unknown, Map<number, SolverPool>>()

/**
 * The pool of all calls with so many threads: its workers stay warm from one call to the next, and keep no process alive.
 */
export function sharedPool(threads: number, createWorker?: CompactOptions['createWorker']): SolverPool {
  const bySize = pools.get(createWorker ?? 'own') ?? new Map<number, SolverPool>()
  pools.set(createWorker ?? 'own', bySize)
  // What users give is typed by what both platforms share.
  const own = createWorker === undefined ? {} : { createWorker: createWorker as () => PlatformWorker }
  const pool = bySize.get(threads) ?? createSolverPool({ size: threads, ...own })
  bySize.set(threads, pool)
  return pool
}
