import type { PlatformWorker } from '#spawn'
import type { CompactOptions } from './options.js'
import { createSolverPool, type SolverPool } from './workers/pool.js'

/** Pools that stay warm while nobody uses them: those of the latest calls. */
const MOST_WARM = 2

interface SharedPool {
  readonly pool: SolverPool
  readonly threads: number
  readonly createWorker: CompactOptions['createWorker']
  users: number
}

/** The pools of all calls, the latest used last. */
const shared: SharedPool[] = []

/**
 * Does something with the pool of so many threads, which all calls share. Its workers stay warm for the next call and keep no process
 * alive; where calls bring ever new functions that make workers, the pools of older ones are closed.
 */
export async function withSharedPool<Output>(
  threads: number,
  createWorker: CompactOptions['createWorker'],
  use: (pool: SolverPool) => Promise<Output>
): Promise<Output> {
  const known = shared.findIndex((one) => one.threads === threads && one.createWorker === createWorker)
  const [found] = known < 0 ? [] : shared.splice(known, 1)
  const lent = found ?? { pool: makePool(threads, createWorker), threads, createWorker, users: 0 }
  shared.push(lent)
  lent.users++
  try {
    return await use(lent.pool)
  } finally {
    lent.users--
    closeOlder()
  }
}

function makePool(size: number, createWorker: CompactOptions['createWorker']): SolverPool {
  // What users give is typed by what both platforms share.
  return createSolverPool({ size, ...(createWorker && { createWorker: createWorker as () => PlatformWorker }) })
}

function closeOlder(): void {
  for (const idle of shared.slice(0, -MOST_WARM).filter(({ users }) => users === 0)) {
    shared.splice(shared.indexOf(idle), 1)
    // Not waited for: it has nothing more to say.
    void idle.pool.close()
  }
}
