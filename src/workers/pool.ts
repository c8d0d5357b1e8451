import { adoptWorker, type PlatformWorker, spawnWorker } from '#spawn'
import type { SolverOutcome, SolverProgress, SolverTermination } from '../../models/linear-program/solution.js'
import { BestSoFar } from './best-so-far.js'
import { Deadline } from './deadline.js'
import type { JobInput, JobKind, JobOutput, JobProgress } from './jobs/jobs.js'
import type { SolveJob } from './jobs/solve.js'
import { ThreadQueue } from './thread-queue.js'
import { warmProgram } from './warm-program.js'
import { patiently, stopped, WorkerThread } from './worker-thread.js'

export interface SolverPoolOptions {
  /** Most threads at a time; each starts when it is first needed. Default 1. */
  readonly size?: number
  /** Milliseconds between asking a solver to stop and going on without it, with a new thread. Default 250. */
  readonly graceMs?: number
  /** Milliseconds that a solver given up has to end in Node, before its thread is killed. Default 10 000. */
  readonly lingerMs?: number
  /**
   * Makes the worker where a bundler does not find it by itself. It must run `solver-worker.js` of this package, in
   * Node `solver-worker.node.js`.
   */
  readonly createWorker?: () => PlatformWorker
  /**
   * Whether solvers are asked to stop through shared memory before they are killed. Default: wherever it can be shared.
   */
  readonly sharesMemory?: boolean
}

export interface RunOptions {
  /** Stops the solver; the outcome is then the best that was found, `interrupted`. */
  readonly signal?: AbortSignal
  /** Milliseconds from now, waiting included, after which the outcome is the best that was found, `time-limit`. */
  readonly deadlineMs?: number
  /** Gets every better point and, now and then, the bound. Its vectors are the pool's: read only. Must not throw. */
  readonly onProgress?: (progress: SolverProgress) => void
}

const warmTimeMs = 1000

export interface CallOptions<Kind extends JobKind> {
  readonly signal?: AbortSignal
  /** Milliseconds from now, waiting included, after which the job is asked to end. */
  readonly deadlineMs?: number
  readonly onProgress?: (progress: JobProgress<Kind>) => void
}

/** The pool was closed before it was asked. */
class PoolClosedError extends Error {
  override readonly name = 'PoolClosedError'
  readonly code = 'POOL_CLOSED'
}

export function createSolverPool(options: SolverPoolOptions = {}): SolverPool {
  return new SolverPool(options)
}

/** Solves programs in threads that stay warm. Threads without work keep no process alive, closed or not. */
export class SolverPool implements AsyncDisposable {
  readonly #queue: ThreadQueue
  readonly #graceMs: number
  readonly #runs = new Map<AbortController, Promise<unknown>>()
  #closed = false

  constructor({
    size = 1,
    graceMs = 250,
    lingerMs = 10_000,
    createWorker = spawnWorker,
    sharesMemory = canShareMemory()
  }: SolverPoolOptions) {
    if (!Number.isInteger(size) || size < 1) throw new RangeError(`size must be a whole number from 1, not ${size}`)
    this.#graceMs = graceMs
    const threadOptions = { spawn: () => adoptWorker(createWorker()), graceMs, lingerMs, sharesMemory }
    this.#queue = new ThreadQueue(Array.from({ length: size }, () => new WorkerThread(threadOptions)))
  }

  /** Starts every thread and solves something small in each, so that the solver is compiled before it is needed. */
  async warm(solver: SolveJob['solver'] = 'highs'): Promise<void> {
    const program = warmProgram()
    const options = { timeLimitMs: warmTimeMs }
    await Promise.all(this.#queue.threads.map(() => this.run({ solver, program, options })))
  }

  /**
   * Solves a program in the next free thread. Being stopped is an outcome with the best point and bound streamed until
   * then; so is a crash of the solver (`failed`). A solver that outstays its `timeLimitMs` by more than the grace is
   * stopped, too.
   *
   * @throws {WorkerDiedError} when the thread ended by itself; the pool goes on with a new one
   * @throws {PoolClosedError}
   */
  async run(job: SolveJob, options: RunOptions = {}): Promise<SolverOutcome> {
    if (this.#closed) throw new PoolClosedError('the pool is closed')
    const stop = new AbortController()
    const run = this.#solve(job, options, stop)
    this.#runs.set(stop, run)
    try {
      return await run
    } finally {
      this.#runs.delete(stop)
    }
  }

  /**
   * Runs a job of any kind in the next free thread. null when it was stopped and gave no answer: what it reported is all there is.
   *
   * @throws {WorkerDiedError} when the thread ended by itself; the pool goes on with a new one
   * @throws {PoolClosedError}
   */
  async call<Kind extends JobKind>(
    kind: Kind,
    input: JobInput<Kind>,
    { signal, deadlineMs, onProgress }: CallOptions<Kind> = {}
  ): Promise<JobOutput<Kind> | null> {
    if (this.#closed) throw new PoolClosedError('the pool is closed')
    const stop = new AbortController()
    const run = this.#call(kind, input, onProgress ?? (() => {}), stop)
    this.#runs.set(stop, run)
    const abort = () => stop.abort()
    const deadline = new Deadline(() => stop.abort(patiently))
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    if (deadlineMs !== undefined) deadline.within(deadlineMs)
    try {
      return await run
    } finally {
      deadline.clear()
      signal?.removeEventListener('abort', abort)
      this.#runs.delete(stop)
    }
  }

  async #call<Kind extends JobKind>(
    kind: Kind,
    input: JobInput<Kind>,
    onProgress: (progress: JobProgress<Kind>) => void,
    stop: AbortController
  ): Promise<JobOutput<Kind> | null> {
    const thread = await this.#queue.borrow(stop.signal)
    if (thread === null) return null
    try {
      const output = await thread.call({ kind, input: () => input, onProgress, stop: stop.signal })
      return output === stopped ? null : output
    } finally {
      this.#queue.giveBack(thread)
    }
  }

  /** Stops what is running or waiting and ends all threads, in Node each when its solver is done. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true
    for (const stop of this.#runs.keys()) stop.abort()
    await Promise.allSettled(this.#runs.values())
    await Promise.all(this.#queue.threads.map((thread) => thread.close()))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #solve(
    job: SolveJob,
    { signal, deadlineMs, onProgress }: RunOptions,
    stop: AbortController
  ): Promise<SolverOutcome> {
    const started = performance.now()
    const best = new BestSoFar()
    const deadline = new Deadline(() => stop.abort(patiently))
    const ending = () => (stop.signal.reason === patiently ? 'time-limit' : 'interrupted')
    const streamed = (termination: SolverTermination, message?: string) =>
      best.outcome(termination, (performance.now() - started) / 1000, message)
    const input = (): SolveJob => {
      const timeLimitMs = Math.min(job.options?.timeLimitMs ?? Number.POSITIVE_INFINITY, deadline.remainingMs)
      if (timeLimitMs === Number.POSITIVE_INFINITY) return job
      deadline.within(timeLimitMs + this.#graceMs)
      return { ...job, options: { ...job.options, timeLimitMs } }
    }
    const abort = () => stop.abort()
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    if (deadlineMs !== undefined) deadline.within(deadlineMs)
    let thread: WorkerThread | null = null
    try {
      thread = await this.#queue.borrow(stop.signal)
      if (thread === null) return streamed(ending())
      const onStreamed = (progress: SolverProgress) => {
        best.add(progress)
        onProgress?.(progress)
      }
      const outcome = await thread.call({ kind: 'solve', input, onProgress: onStreamed, stop: stop.signal })
      if (outcome === stopped) return streamed(ending())
      const termination = outcome.termination === 'interrupted' && stop.signal.aborted ? ending() : outcome.termination
      return best.complete({ ...outcome, termination })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'SOLVER_CRASHED')) throw error
      thread?.retire()
      return streamed('failed', error.message)
    } finally {
      deadline.clear()
      signal?.removeEventListener('abort', abort)
      if (thread !== null) this.#queue.giveBack(thread)
    }
  }
}

/** Browsers share memory with workers only in pages that are isolated from other origins. */
function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false
}
