import type { Executor } from '../../capacity/sweep/executor.js'
import { UsageError } from '../failure.js'

/** Which queue is meant. */
export interface QueueOptions {
  /** Address of Redis. */
  readonly redis?: string
  readonly queue?: string
  readonly keepResults?: boolean
}

/** An executor that hands scenarios to the workers of a queue. Throws UsageError where the queue cannot be used. */
export async function openQueue(redis: string, { queue, keepResults = false }: QueueOptions): Promise<Executor> {
  const { openQueueExecutor } = await import('../../bullmq/index.js')
  return await orUsageError(() =>
    openQueueExecutor({ connection: redis, keepResults, ...(queue && { queueName: queue }) })
  )
}

/** Does something with a queue; that it cannot be used is the user's matter, and no fault. */
export async function orUsageError<Output>(use: () => Promise<Output>): Promise<Output> {
  try {
    return await use()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'QUEUE_UNAVAILABLE')
      throw new UsageError(error.message)
    throw error
  }
}
