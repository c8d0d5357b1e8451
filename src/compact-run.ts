import type { Result } from '../models/contract/result.js'
import { type DescribedTarget, describeTarget } from '../models/instance/describe-target.js'
import type { Instance } from '../models/instance/instance.js'
import type { IncumbentUpdate, Progress, ResolvedOptions } from './options.js'
import { gapBetween, type Incumbent, type Incumbents } from './search/incumbents.js'

/** What the planning says to its run, and asks of it. */
export interface RunContext {
  /** Aborted by the caller or interrupted: searches stop and keep what they have. */
  readonly signal: AbortSignal
  readonly interrupted: boolean
  /** Begins a phase; throws what `throwIfAborted` throws. */
  enter(phase: Progress['phase'], incumbents: Incumbents, options: ResolvedOptions): void
  report(incumbents: Incumbents): void
  throwIfAborted(): void
}

/**
 * A planning under way. `await run` gives the Result; `for await (const incumbent of run)` gives each better placement as it is
 * found, the last once more when the bound has risen since, and ends with the run.
 */
export class CompactRun implements Pick<Promise<Result>, 'then' | 'catch' | 'finally'>, AsyncIterable<IncumbentUpdate> {
  readonly #result: Promise<Result>
  readonly #stop = new AbortController()
  readonly #updates: IncumbentUpdate[] = []
  /** Incumbents that were looked at: not all of them are told. */
  #seen = 0
  #wake: () => void = () => {}
  #changed = new Promise<void>((resolve) => {
    this.#wake = resolve
  })
  #phase: Progress['phase'] = 'greedy'
  #incumbents: Incumbents | null = null
  #onProgress: ResolvedOptions['onProgress']
  #fault: { readonly error: unknown } | null = null
  #interrupted = false
  #ended = false

  constructor(work: (context: RunContext) => Promise<Result>, signal?: AbortSignal) {
    const abort = () => this.#stop.abort(signal?.reason)
    signal?.addEventListener('abort', abort, { once: true })
    if (signal?.aborted === true) abort()
    this.#result = this.#start(work, signal).finally(() => {
      this.#close()
      signal?.removeEventListener('abort', abort)
      this.#ended = true
      this.#notify()
    })
    // Whoever only iterates learns of a failure there; nobody else should see it as unhandled.
    this.#result.catch(() => {})
  }

  /** Stops now: the run resolves with the best placement so far, `interrupted`. */
  interrupt(): void {
    if (this.#stop.signal.aborted) return
    this.#interrupted = true
    this.#stop.abort()
  }

  // biome-ignore lint/suspicious/noThenProperty: a run is awaited for its Result.
  then<Fulfilled = Result, Rejected = never>(
    onFulfilled?: ((result: Result) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null
  ): Promise<Fulfilled | Rejected> {
    return this.#result.then(onFulfilled, onRejected)
  }

  catch<Rejected = never>(
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null
  ): Promise<Result | Rejected> {
    return this.#result.catch(onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<Result> {
    return this.#result.finally(onFinally)
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<IncumbentUpdate, void> {
    for (let seen = 0; ; ) {
      while (seen < this.#updates.length) yield this.#updates[seen++] as IncumbentUpdate
      if (this.#ended) break
      await this.#changed
    }
    await this.#result
  }

  async #start(work: (context: RunContext) => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    // The caller gets the run before anything happens on it.
    await Promise.resolve()
    signal?.throwIfAborted()
    const run = this
    const throwIfAborted = () => {
      signal?.throwIfAborted()
      if (this.#fault !== null) throw this.#fault.error
    }
    return work({
      signal: this.#stop.signal,
      get interrupted() {
        return run.#interrupted
      },
      enter: (phase, incumbents, options) => {
        this.#phase = phase
        this.#onProgress = options.onProgress
        this.#report(incumbents)
        throwIfAborted()
      },
      report: (incumbents) => this.#report(incumbents),
      throwIfAborted
    })
  }

  #report(incumbents: Incumbents): void {
    this.#incumbents = incumbents
    const { best, totalBound, gap, history, instance, watch } = incumbents
    for (const incumbent of history.slice(this.#seen)) this.#update(instance, incumbent, incumbent)
    this.#seen = history.length
    this.#notify()
    try {
      const answer: unknown = this.#onProgress?.({
        elapsedMs: toTenths(watch.elapsedMs()),
        phase: this.#phase,
        costPerHour: best?.worth.costPerHour ?? Infinity,
        bound: totalBound,
        gap,
        migrations: best?.worth.migrations ?? 0
      })
      // An asynchronous callback that fails must not end the caller's process as an unhandled rejection.
      if (answer instanceof Promise) answer.catch((error: unknown) => this.#fail(error))
    } catch (error) {
      this.#fail(error)
    }
  }

  /** The last incumbent with the final bound, where that is news. */
  #close(): void {
    if (this.#incumbents === null) return
    const { history, instance, totalBound: bound, watch } = this.#incumbents
    const last = history.at(-1)
    if (last !== undefined && bound > last.bound) this.#update(instance, last, { bound, elapsedMs: watch.elapsedMs() })
  }

  #update(
    instance: Instance,
    incumbent: Incumbent,
    { bound, elapsedMs }: Pick<Incumbent, 'bound' | 'elapsedMs'>
  ): void {
    const { costPerHour, moveCost, migrations, activeNodes, total, missing } = incumbent.worth
    // What misses something that is required is no placement, only better than what was before.
    if (missing > 0) return
    // Most updates are only counted: they are described when somebody looks.
    let described: DescribedTarget | undefined
    const describe = () => {
      described ??= describeTarget(instance, incumbent.target)
      return described
    }
    this.#updates.push({
      elapsedMs: toTenths(elapsedMs),
      objective: { costPerHour, moveCost, migrations, activeNodes, total },
      bound,
      gap: gapBetween(total, bound),
      producer: incumbent.producer,
      get placement() {
        return describe().placement
      },
      get assumedDevices() {
        return describe().assumedDevices
      },
      get headroom() {
        return describe().headroom
      },
      get newNodes() {
        return describe().newNodes
      },
      get unplaced() {
        return describe().unplaced
      }
    })
  }

  /** The caller's own fault ends the run and reaches the caller, not the solver that happened to report. */
  #fail(error: unknown): void {
    this.#fault ??= { error }
    this.#stop.abort()
  }

  #notify(): void {
    const wake = this.#wake
    this.#changed = new Promise((resolve) => {
      this.#wake = resolve
    })
    wake()
  }
}

/** Milliseconds to a tenth: finer is noise. */
function toTenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10
}
