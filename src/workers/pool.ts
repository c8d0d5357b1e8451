import { adoptWorker, type PlatformWorker, spawnWorker } from '#spawn'
import type { SolverOutcome, SolverProgress, SolverTermination } from '../../models/linear-program/solution.js'
import type { Spent } from '../profile.js'
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

export interface CallOptions<Kind extends JobKind> {
  /** Asks the job to end. */
  readonly signal?: AbortSignal
  /** Milliseconds from now, waiting included, after which the job is asked to end. */
  readonly deadlineMs?: number
  /** Gets progress while the job runs. Its vectors are the pool's: read only. What it throws rejects the call. */
  readonly onProgress?: (progress: JobProgress<Kind>) => void
  /** Told where the time went: waiting for a thread, starting it, transfers, the job, and its parts as it tells them. */
  readonly spent?: Spent
}

const warmTimeMs = 1000

/** What became of a job. */
interface Answer<Kind extends JobKind> {
  /** null when it was stopped and gave none. */
  readonly output: JobOutput<Kind> | null
  /** Why it was asked to end, whether it did or not; null when it was not. */
  readonly stoppedBy: 'time-limit' | 'interrupted' | null
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
  /** Whether threads can share memory with each other, and with whoever asks. */
  readonly sharesMemory: boolean
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
    this.sharesMemory = sharesMemory
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
  async run(job: SolveJob, { onProgress, ...limits }: CallOptions<'solve'> = {}): Promise<SolverOutcome> {
    const started = performance.now()
    const best = new BestSoFar()
    const streamed = (termination: SolverTermination, message?: string) =>
      best.outcome(termination, (performance.now() - started) / 1000, message)
    const input = (deadline: Deadline): SolveJob => {
      const timeLimitMs = Math.min(job.options?.timeLimitMs ?? Number.POSITIVE_INFINITY, deadline.remainingMs)
      if (timeLimitMs === Number.POSITIVE_INFINITY) return job
      deadline.within(timeLimitMs + this.#graceMs)
      return { ...job, options: { ...job.options, timeLimitMs } }
    }
    const onStreamed = (progress: SolverProgress) => {
      best.add(progress)
      onProgress?.(progress)
    }
    try {
      const { output, stoppedBy } = await this.#through('solve', input, { ...limits, onProgress: onStreamed })
      if (output === null) return streamed(stoppedBy ?? 'interrupted')
      const termination = output.termination === 'interrupted' ? (stoppedBy ?? 'interrupted') : output.termination
      return best.complete({ ...output, termination })
    } catch (error) {
      if (isCrash(error)) return streamed('failed', error.message)
      throw error
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
    options: CallOptions<Kind> = {}
  ): Promise<JobOutput<Kind> | null> {
    return (await this.#through(kind, () => input, options)).output
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

  /** Runs a job in the next free thread. Its input is made when the thread takes it, and may bring the deadline forward. */
  async #through<Kind extends JobKind>(
    kind: Kind,
    input: (deadline: Deadline) => JobInput<Kind>,
    { signal, deadlineMs, onProgress = () => {}, spent = () => {} }: CallOptions<Kind>
  ): Promise<Answer<Kind>> {
    if (this.#closed) throw new PoolClosedError('the pool is closed')
    const stop = new AbortController()
    const abort = () => stop.abort()
    const deadline = new Deadline(() => stop.abort(patiently))
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    if (deadlineMs !== undefined) deadline.within(deadlineMs)
    const asked = performance.now()
    const run = this.#borrowed(stop.signal, (thread) => {
      spent('queue', performance.now() - asked)
      return thread.call({
        kind,
        input: () => input(deadline),
        onProgress,
        keepTime: () => deadline.check(),
        spent,
        stop: stop.signal
      })
    })
    this.#runs.set(stop, run)
    try {
      const output = await run
      const stoppedBy = stop.signal.aborted ? (stop.signal.reason === patiently ? 'time-limit' : 'interrupted') : null
      return { output: output === stopped ? null : output, stoppedBy }
    } finally {
      deadline.clear()
      signal?.removeEventListener('abort', abort)
      this.#runs.delete(stop)
    }
  }

  /** Does something with the next free thread, and ends the thread where a solver broke down in it. */
  async #borrowed<Output>(
    stop: AbortSignal,
    use: (thread: WorkerThread) => Promise<Output>
  ): Promise<Output | typeof stopped> {
    const thread = await this.#queue.borrow(stop)
    if (thread === null) return stopped
    try {
      return await use(thread)
    } catch (error) {
      if (isCrash(error)) thread.retire()
      throw error
    } finally {
      this.#queue.giveBack(thread)
    }
  }
}

/** Whether a solver left its thread in a state that nobody knows. */
function isCrash(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'SOLVER_CRASHED'
}

/** Browsers share memory with workers only in pages that are isolated from other origins. */
function canShareMemory(): boolean {
  return typeof SharedArrayBuffer === 'function' && globalThis.crossOriginIsolated !== false
}
