/** A kind of work done in a worker thread. Its input, progress and output cross threads by structured clone. */
export interface Job<Input, Progress, Output> {
  run(input: Input, line: JobLine<Progress>): Output | Promise<Output>
  /** The buffers of an output, which move instead of being copied. */
  transferables(output: Output): Transferable[]
}

/** What a running job has of the thread that asked for it. */
export interface JobLine<Progress> {
  /** Sends progress at once, even when the job never yields its thread. */
  report(progress: Progress, transfer: Transferable[]): void
  /** True once the job should end and give what it has. */
  cancelled(): boolean
}
