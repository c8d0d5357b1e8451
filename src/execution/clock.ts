/** Time as an execution sees it: the machine's, or that of a simulation. */
export interface Clock {
  /** Milliseconds since some moment that stays the same, also after a crash: they stand in journals. */
  now(): number
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted before. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}
