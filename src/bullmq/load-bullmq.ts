import { reasonOf } from '../solvers/load-failure.js'
import { QueueUnavailableError } from './unavailable.js'

/** The package `bullmq`, which is installed by whoever wants queues. Rejects with QueueUnavailableError where it is not. */
export async function loadBullmq(): Promise<typeof import('bullmq')> {
  try {
    return await import('bullmq')
  } catch (error) {
    const reason = reasonOf(error)
    const isMissing = /^Cannot find (package|module) ['"]bullmq/.test(reason)
    throw new QueueUnavailableError(
      isMissing
        ? 'bullmq is not installed; npm install bullmq ioredis gets it'
        : `bullmq could not be loaded: ${reason}`,
      { cause: error }
    )
  }
}
