import { type Remote, wrap } from 'comlink'
import type { Spent } from '../profile.js'
import { SolverCrashedError } from '../solvers/solver.js'
import { type ErrorDescription, reviveError } from './error-transfer.js'
import { FloodGauge } from './flood-gauge.js'
import { JobClock } from './job-times.js'
import type { JobInput, JobKind, JobOutput, JobProgress } from './jobs/jobs.js'
import { isOutput, isProgress, isTimes } from './message-forms.js'
import { Retirement } from './retirement.js'
import type { JobServer, ProgressMessage, TimesMessage } from './serve-jobs.js'
import { WorkerDiedError, type WorkerHandle } from './worker-handle.js'

export interface ThreadOptions {
  readonly spawn: () => WorkerHandle
  /** Milliseconds between asking a job to end and going on without it, with a new thread. */
  readonly graceMs: number
  /** Milliseconds that a thread given up has to end its job, before it is killed. */
  readonly lingerMs: number
  /** Whether a running job can be asked to end, through shared memory; else its thread is killed. */
  readonly sharesMemory: boolean
}

/** One job on its way through a thread. */
export interface Call<Kind extends JobKind> {
  readonly kind: Kind
  /** Makes the input, at the moment the thread takes it. */
  readonly input: () => JobInput<Kind>
  /** Gets all progress, in order, before the call settles. What it throws ends the call, and the thread. */
  readonly onProgress: (progress: JobProgress<Kind>) => void
  /** Aborts `stop` when it is time: asked with every message, for a thread that floods this one leaves timers no turn. */
  readonly keepTime: () => void
  /** Told where the time went, when the job has answered. */
  readonly spent: Spent
  /** Ends the call early. With the reason `patiently`, the job has its grace even where it cannot be asked to end. */
  readonly stop: AbortSignal
}

/** Reason of a stop for a job that is about to end by itself. */
export const patiently = Symbol('patiently')

/** Answer of a job that was stopped and gave none: what it streamed is all there is. */
export const stopped = Symbol('stopped')

/** What comlink sends to answer a call. */
interface Answer {
  readonly id: string
}

interface Spawned {
  readonly handle: WorkerHandle
  readonly remote: Remote<JobServer>
  readonly ready: Promise<void>
  /** Aborts when the thread is killed for what it says; the reason is a SolverCrashedError. */
  readonly silenced: AbortController
  /** Settles when the worker has started and answered its last call. */
  answered: Promise<unknown>
}

/** One worker, spawned when first used, and again once it died or was given up. Runs one call at a time. */
export class WorkerThread {
  readonly #options: ThreadOptions
  #worker: Spawned | undefined
  readonly #retirement = new Retirement()
  #calls = 0

  constructor(options: ThreadOptions) {
    this.#options = options
  }

  get spawned(): boolean {
    return this.#worker !== undefined
  }

  /**
   * Runs a job to its end, or to `stopped`.
   *
   * @throws {WorkerDiedError} when the thread ended by itself
   * @throws {SolverCrashedError} when it said what is no progress or output of such a job; it is killed
   * @throws what the job threw, with its name, code and causes
   */
  async call<Kind extends JobKind>(call: Call<Kind>): Promise<JobOutput<Kind> | typeof stopped> {
    const worker = this.#spawn()
    const { handle, remote, ready, silenced } = worker
    const { graceMs, lingerMs, sharesMemory } = this.#options
    const flag = sharesMemory ? new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) : null
    const number = ++this.#calls
    const over = new AbortController()
    const { signal } = over
    let running = false
    const clock = new JobClock(call.kind, call.spent)
    handle.ref()
    try {
      return await new Promise((resolve, reject) => {
        const later = (milliseconds: number, act: () => void) => {
          const timer = setTimeout(act, milliseconds)
          signal.addEventListener('abort', () => clearTimeout(timer))
        }
        // What this one says late is nothing to the one after it.
        const retireOwn = (withinMs?: number) => {
          if (this.#worker === worker) this.retire(withinMs)
        }
        const giveUp = (withinMs: number) => {
          // Not waited for: on a busy machine a thread may take seconds to end, and deadlines are kept here.
          resolve(stopped)
          retireOwn(withinMs)
        }
        const stop = () => {
          if (!running) return resolve(stopped)
          if (flag !== null) Atomics.store(flag, 0, 1)
          if (flag === null && call.stop.reason !== patiently) return giveUp(0)
          // Once more around the event loop: while this thread was busy, the answer may have arrived behind the timer.
          later(graceMs, () => later(0, () => giveUp(lingerMs)))
        }
        const start = async () => {
          await ready
          clock.isUp()
          if (call.stop.aborted) return
          running = true
          const input = call.input()
          clock.isSent()
          worker.answered = remote.run(call.kind, input, number, flag)
          const output = await worker.answered
          if (!isOutput(call.kind, output)) return fail(nonsense(call.kind, 'output'))
          clock.read(output)
          resolve(output)
        }
        const fail = (error: unknown) => {
          reject(error)
          retireOwn(0)
        }
        // When the first message after the stop was read.
        let readAt = Number.POSITIVE_INFINITY
        const receive = (event: Event) => {
          const { data } = event as MessageEvent<Partial<ProgressMessage & TimesMessage & Answer> | null>
          if (data?.id !== undefined) return
          call.keepTime()
          if (call.stop.aborted) readAt = Math.min(readAt, performance.now())
          if (performance.now() - readAt > graceMs) return giveUp(0)
          if (data?.call !== number) return
          if (isTimes(data.times)) return clock.hear(data.times)
          try {
            if (!isProgress(call.kind, data.progress)) return fail(nonsense(call.kind, 'progress'))
            call.onProgress(data.progress)
          } catch (error) {
            fail(error)
          }
        }
        handle.endpoint.addEventListener('message', receive)
        signal.addEventListener('abort', () => handle.endpoint.removeEventListener('message', receive))
        for (const end of [handle.died, silenced.signal])
          end.addEventListener('abort', () => reject(end.reason), { signal })
        call.stop.addEventListener('abort', stop, { signal })
        if (call.stop.aborted) stop()
        else start().catch(reject)
      })
    } catch (error) {
      throw error instanceof WorkerDiedError ? error : reviveError(error as ErrorDescription)
    } finally {
      clock.stop()
      over.abort()
      handle.unref()
    }
  }

  /** Ends the thread, if there is one, when it is done and at the latest after so many milliseconds; not waited for. */
  retire(withinMs = this.#options.lingerMs): void {
    const worker = this.#worker
    this.#worker = undefined
    if (worker !== undefined) this.#retirement.add(worker.handle, worker.answered, withinMs)
  }

  /** Ends the thread and waits until it and those given up before are gone; the next call gets a new one. */
  async close(): Promise<void> {
    this.retire()
    await this.#retirement.finished()
  }

  #spawn(): Spawned {
    if (this.#worker !== undefined) return this.#worker
    const handle = this.#options.spawn()
    const remote = wrap<JobServer>(handle.endpoint)
    const ready = remote.ping()
    // Whoever waits for it learns of a failure; a call that was stopped before does not.
    ready.catch(() => {})
    const silenced = new AbortController()
    const worker: Spawned = { handle, remote, ready, silenced, answered: ready }
    this.#worker = worker
    const forget = () => {
      if (this.#worker === worker) this.#worker = undefined
    }
    handle.died.addEventListener('abort', forget)
    const gauge = new FloodGauge()
    handle.endpoint.addEventListener('message', () => {
      if (!gauge.add() || silenced.signal.aborted) return
      forget()
      silenced.abort(new SolverCrashedError('the worker floods its parent with messages'))
      this.#retirement.add(handle, worker.answered, 0)
    })
    return worker
  }
}

function nonsense(kind: JobKind, word: 'progress' | 'output'): SolverCrashedError {
  return new SolverCrashedError(`the worker sent what is no ${word} of a job '${kind}'`)
}
