import { Worker } from 'node:worker_threads'
import { type Remote, wrap } from 'comlink'
import { adoptWorker } from '#spawn'
import { Retirement } from '../../workers/retirement.js'
import type { WorkerHandle } from '../../workers/worker-handle.js'
import type { ScenarioRecord } from './scenario-record.js'
import type { ScenarioServer } from './scenario-worker.node.js'
import type { ScenarioTask } from './solve-scenario.js'

/** Milliseconds that an aborted scenario has to end by itself, before its thread is ended. */
const GRACE_MS = 2000

/** A worker thread in which the whole of `compact` runs: greedy, search, sequencing and checks of one scenario at a time. */
export class ScenarioThread {
  readonly #handle: WorkerHandle
  readonly #remote: Remote<ScenarioServer>
  readonly #ready: Promise<unknown>
  #answered: Promise<unknown>
  #isUp = false

  constructor(createWorker: () => Worker = spawnScenarioWorker) {
    this.#handle = adoptWorker(createWorker())
    this.#remote = wrap<ScenarioServer>(this.#handle.endpoint)
    this.#ready = this.#orDeath(this.#remote.ping()).then(() => {
      this.#isUp = true
    })
    this.#ready.catch(() => {})
    this.#answered = this.#ready
  }

  /** Whether it ever started. */
  get isUp(): boolean {
    return this.#isUp
  }

  get isDead(): boolean {
    return this.#handle.died.aborted
  }

  /**
   * Solves a scenario; the process is kept alive meanwhile.
   *
   * @throws {WorkerDiedError} when the thread ended by itself
   * @throws the signal's reason on an abort, when the scenario has ended or its grace is over
   */
  async solve(task: ScenarioTask, signal: AbortSignal): Promise<ScenarioRecord> {
    signal.throwIfAborted()
    const over = new AbortController()
    this.#handle.ref()
    try {
      await this.#ready
      const answer = this.#orDeath(this.#remote.solve(task))
      this.#answered = answer.catch(() => {})
      const gaveUp = new Promise<null>((resolve) => {
        const abort = () => {
          void this.#remote.abort()
          const timer = setTimeout(() => resolve(null), GRACE_MS)
          over.signal.addEventListener('abort', () => clearTimeout(timer))
        }
        signal.addEventListener('abort', abort, { signal: over.signal })
        if (signal.aborted) abort()
      })
      const record = await Promise.race([answer, gaveUp])
      signal.throwIfAborted()
      if (record === null) throw new Error('the scenario was stopped')
      return record
    } finally {
      over.abort()
      this.#handle.unref()
    }
  }

  /** Resolves when the thread is gone. */
  async close(): Promise<void> {
    if (this.isDead) return
    const retirement = new Retirement()
    retirement.add(this.#handle, this.#answered, GRACE_MS)
    await retirement.finished()
  }

  /** Comlink's calls hang for ever where the thread is gone. */
  #orDeath<Answer>(call: Promise<Answer>): Promise<Answer> {
    const { died } = this.#handle
    return new Promise((resolve, reject) => {
      const die = () => reject(died.reason)
      died.addEventListener('abort', die, { once: true })
      if (died.aborted) die()
      call.then(resolve, reject).finally(() => died.removeEventListener('abort', die))
    })
  }
}

function spawnScenarioWorker(): Worker {
  // Flags of the host, such as --input-type, are not meant for this file.
  return new Worker(new URL('./scenario-worker.node.js', import.meta.url), { name: 'scenario-worker', execArgv: [] })
}
