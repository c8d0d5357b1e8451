import { type Remote, wrap } from 'comlink'
import { type ErrorDescription, reviveError } from './error-transfer.js'
import type { JobInput, JobKind, JobOutput, JobProgress } from './jobs/jobs.js'
import { Retirement } from './retirement.js'
import type { JobServer, ProgressMessage } from './serve-jobs.js'
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
  /** Gets all progress, in order, before the call settles. */
  readonly onProgress: (progress: JobProgress<Kind>) => void
  /** Ends the call early. With the reason `patiently`, the job has its grace even where it cannot be asked to end. */
  readonly stop: AbortSignal
}

/** Reason of a stop for a job that is about to end by itself. */
export const patiently = Symbol('patiently')

/** Answer of a job that was stopped and gave none: what it streamed is all there is. */
export const stopped = Symbol('stopped')

interface Spawned {
  readonly handle: WorkerHandle
  readonly remote: Remote<JobServer>
  readonly ready: Promise<void>
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
   * @throws what the job threw, with its name, code and causes
   */
  async call<Kind extends JobKind>(call: Call<Kind>): Promise<JobOutput<Kind> | typeof stopped> {
    const worker = this.#spawn()
    const { handle, remote, ready } = worker
    const { graceMs, lingerMs, sharesMemory } = this.#options
    const flag = sharesMemory ? new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) : null
    const number = ++this.#calls
    const over = new AbortController()
    const { signal } = over
    let running = false
    handle.ref()
    try {
      return await new Promise((resolve, reject) => {
        const later = (milliseconds: number, act: () => void) => {
          const timer = setTimeout(act, milliseconds)
          signal.addEventListener('abort', () => clearTimeout(timer))
        }
        const giveUp = (withinMs: number) => {
          // Not waited for: on a busy machine a thread may take seconds to end, and deadlines are kept here.
          resolve(stopped)
          this.retire(withinMs)
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
          if (call.stop.aborted) return
          running = true
          worker.answered = remote.run(call.kind, call.input(), number, flag)
          resolve((await worker.answered) as JobOutput<Kind>)
        }
        const receive = (event: Event) => {
          const { data } = event as MessageEvent<Partial<ProgressMessage> | null>
          if (data?.call === number) call.onProgress(data.progress as JobProgress<Kind>)
        }
        handle.endpoint.addEventListener('message', receive)
        signal.addEventListener('abort', () => handle.endpoint.removeEventListener('message', receive))
        handle.died.addEventListener('abort', () => reject(handle.died.reason), { signal })
        call.stop.addEventListener('abort', stop, { signal })
        if (call.stop.aborted) stop()
        else start().catch(reject)
      })
    } catch (error) {
      throw error instanceof WorkerDiedError ? error : reviveError(error as ErrorDescription)
    } finally {
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
    const worker: Spawned = { handle, remote, ready, answered: ready }
    this.#worker = worker
    handle.died.addEventListener('abort', () => {
      if (this.#worker === worker) this.#worker = undefined
    })
    return worker
  }
}
