/** The queue cannot be used: Redis does not answer, or a package is not installed. The message says which, and what to do. */
export class QueueUnavailableError extends Error {
  override readonly name = 'QueueUnavailableError'
  readonly code = 'QUEUE_UNAVAILABLE'
}
