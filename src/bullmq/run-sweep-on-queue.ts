import { type RunSweepOptions, runSweep } from '../capacity/sweep/run-sweep.js'
import type { Sweep } from '../capacity/sweep/sweep.js'
import type { SweepAnswer } from '../capacity/sweep/sweep-answer.js'
import { openQueueExecutor, type QueueExecutorOptions } from './queue-executor.js'

/** Everything but where scenarios are solved, and how they get there. */
export type RunSweepOnQueueOptions = Omit<RunSweepOptions, 'executor' | 'concurrency'> & QueueExecutorOptions

/**
 * Solves a sweep by the workers of a queue on Redis, see `startWorker`: the same answer, and the same journal, as `runSweep` gives here.
 * Workers may come and go; a scenario whose worker dies is taken over by another. Rejects as `runSweep` does, and with
 * QueueUnavailableError where bullmq is not installed or Redis does not answer at first; later it is waited for.
 */
export async function runSweepOnQueue(sweep: Sweep, options: RunSweepOnQueueOptions): Promise<SweepAnswer> {
  const { connection, queueName, attempts, keepResults, pollMs, ...rest } = options
  const executor = await openQueueExecutor({
    connection,
    ...(queueName === undefined ? {} : { queueName }),
    ...(attempts === undefined ? {} : { attempts }),
    ...(keepResults === undefined ? {} : { keepResults }),
    ...(pollMs === undefined ? {} : { pollMs })
  })
  return await runSweep(sweep, { ...rest, executor })
}
