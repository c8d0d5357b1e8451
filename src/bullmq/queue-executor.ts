import type { Job, Queue, QueueEvents } from 'bullmq'
import type { Executor, ScenarioHooks } from '../capacity/sweep/executor.js'
import { type ScenarioRecord, scenarioRecord } from '../capacity/sweep/scenario-record.js'
import type { ScenarioTask } from '../capacity/sweep/solve-scenario.js'
import { fingerprint } from '../result/fingerprint.js'
import { VERSION } from '../version.js'
import { loadBullmq } from './load-bullmq.js'
import { expectRedis, type RedisAddress, toConnection } from './redis.js'
import { DEFAULT_QUEUE, JOB_NAME, keepProblem, nameQueue, type ScenarioJob } from './scenario-job.js'

/** How scenarios go through a queue. */
export interface QueueExecutorOptions {
  readonly connection: RedisAddress
  /** The same as that of the workers. Default `replica-compactor`. */
  readonly queueName?: string
  /** How often a scenario is tried whose worker breaks down, more and more time apart. Default 3. */
  readonly attempts?: number
  /** Whether answers stay in Redis after they were collected. Default false. Those that nobody collects stay for a week. */
  readonly keepResults?: boolean
  /** Milliseconds between looks at what is open, beside the events that Redis sends. Default 5000. */
  readonly pollMs?: number
}

/** Scenarios that wait in the queue at a time. */
const MOST_QUEUED = 2000
const WEEK_SECONDS = 7 * 24 * 3600
const RENEWAL_MS = 10 * 60_000
const FIRST_RETRY_MS = 1000

/** Milliseconds that Redis has for what is no more than tidy. */
const TIDY_MS = 2000

interface Waiting {
  readonly task: ScenarioTask
  readonly onStart: () => void
  readonly resolve: (record: ScenarioRecord) => void
  readonly reject: (reason: unknown) => void
}

/**
 * Solves scenarios by workers elsewhere. A job's id is that of its scenario, so that one which is queued, runs or is answered already is not
 * solved again. Rejects with QueueUnavailableError where Redis does not answer at first; later it is waited for.
 */
export async function openQueueExecutor(options: QueueExecutorOptions): Promise<Executor> {
  const name = nameQueue(options.queueName ?? DEFAULT_QUEUE)
  await expectRedis(options.connection, name)
  const { Queue: QueueClass, QueueEvents: EventsClass } = await loadBullmq()
  const connection = toConnection(options.connection)
  const queue: Queue = new QueueClass(name, { connection })
  const events = new EventsClass(name, { connection })
  // While Redis is away both connect again and again; what was missed is found by looking.
  queue.on('error', () => {})
  events.on('error', () => {})
  await events.waitUntilReady()
  return new QueueExecutor(queue, events, options)
}

class QueueExecutor implements Executor {
  readonly concurrency = MOST_QUEUED
  readonly #queue: Queue
  readonly #events: QueueEvents
  readonly #options: QueueExecutorOptions
  readonly #waiting = new Map<string, Waiting>()
  readonly #problems = new Map<ScenarioTask['problem'], { fingerprint: string; text: string; kept: Promise<void> }>()
  readonly #looks = new Set<Promise<void>>()
  readonly #timers: NodeJS.Timeout[]

  constructor(queue: Queue, events: QueueEvents, options: QueueExecutorOptions) {
    this.#queue = queue
    this.#events = events
    this.#options = options
    events.on('active', ({ jobId }) => this.#waiting.get(jobId)?.onStart())
    events.on('completed', ({ jobId }) => void this.#look(jobId))
    events.on('failed', ({ jobId }) => void this.#look(jobId))
    this.#timers = [
      setInterval(() => void this.#lookAtAll(), options.pollMs ?? 5000),
      setInterval(() => void this.#renew(), RENEWAL_MS)
    ]
  }

  async solve(task: ScenarioTask, { signal, onStart }: ScenarioHooks): Promise<ScenarioRecord> {
    signal.throwIfAborted()
    let started = false
    const startOnce = () => {
      if (!started) onStart()
      started = true
    }
    const over = new AbortController()
    const answer = new Promise<ScenarioRecord>((resolve, reject) => {
      this.#waiting.set(task.id, { task, onStart: startOnce, resolve, reject })
      signal.addEventListener('abort', () => reject(signal.reason), { signal: over.signal })
    })
    answer.catch(() => {})
    const added = this.#begin(task)
    try {
      await Promise.race([added, answer])
      return await answer
    } finally {
      over.abort()
      this.#waiting.delete(task.id)
      // Only what was added can be withdrawn.
      if (signal.aborted) await soon(added.catch(() => {}).then(() => this.#withdraw(task.id)))
    }
  }

  async forget(id: string): Promise<void> {
    if (this.#options.keepResults === true) return
    // A worker may hold it still, or another sweep have removed it: it goes by its age then.
    await soon(this.#queue.remove(id))
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    await soon(Promise.all(this.#looks))
    await soon(Promise.all([this.#events.close(), this.#queue.close()]))
    // Where Redis is away, closing waits for it.
    await soon(Promise.all([this.#events.disconnect(), this.#queue.disconnect()]))
  }

  /** One that failed in an earlier sweep is tried anew; one that has an answer already is not added. */
  async #begin(task: ScenarioTask): Promise<void> {
    if ((await this.#queue.getJobState(task.id)) === 'failed') await this.#queue.remove(task.id).catch(() => {})
    await this.#add(task)
    await this.#look(task.id)
  }

  async #add({ problem, id, labels, seed, changes, options }: ScenarioTask): Promise<void> {
    const base = this.#baseOf(problem)
    await base.kept
    const data: ScenarioJob = {
      schemaVersion: 1,
      version: VERSION,
      problem: base.fingerprint,
      id,
      labels: [...labels],
      seed,
      changes: [...changes],
      options
    }
    await this.#queue.add(JOB_NAME, data, {
      jobId: id,
      attempts: this.#options.attempts ?? 3,
      backoff: { type: 'exponential', delay: FIRST_RETRY_MS },
      removeOnComplete: { age: WEEK_SECONDS },
      removeOnFail: { age: WEEK_SECONDS }
    })
  }

  /** A base Problem is kept once for all its scenarios. */
  #baseOf(problem: ScenarioTask['problem']) {
    const known = this.#problems.get(problem)
    if (known !== undefined) return known
    const text = JSON.stringify(problem)
    const named = { fingerprint: fingerprint(problem), text }
    const base = { ...named, kept: keepProblem(this.#queue, named.fingerprint, text) }
    base.kept.catch(() => {})
    this.#problems.set(problem, base)
    return base
  }

  async #renew(): Promise<void> {
    for (const { fingerprint: of, text } of this.#problems.values()) {
      await keepProblem(this.#queue, of, text).catch(() => {})
    }
  }

  async #lookAtAll(): Promise<void> {
    for (const id of [...this.#waiting.keys()]) await this.#look(id)
  }

  #look(id: string): Promise<void> {
    const look = this.#lookNow(id).catch(() => {
      // Redis is away: looked at again later.
    })
    this.#looks.add(look)
    return look.finally(() => this.#looks.delete(look))
  }

  /** Takes the answer of a job that has one; one that is gone, as another sweep may have removed it, is queued again. */
  async #lookNow(id: string): Promise<void> {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return
    const state = await this.#queue.getJobState(id)
    if (!this.#waiting.has(id)) return
    if (state === 'active') waiting.onStart()
    if (state === 'unknown') {
      // All of Redis may be gone, and come back empty.
      await this.#renew()
      await this.#add(waiting.task)
      if (!this.#waiting.has(id)) await this.#withdraw(id)
    }
    if (state !== 'completed' && state !== 'failed') return
    const job: Job | undefined = await this.#queue.getJob(id)
    if (job === undefined || !this.#waiting.has(id)) return
    waiting.onStart()
    if (state === 'failed') return waiting.reject(new Error(job.failedReason || 'its worker broke down'))
    const read = scenarioRecord.safeParse(job.returnvalue)
    if (read.success && read.data.id === id) waiting.resolve({ ...read.data, labels: [...waiting.task.labels] })
    else waiting.reject(new Error('a worker answered with what is no record of the scenario'))
  }

  /** Takes a scenario out of the queue; one that runs already ends, and nobody collects its answer. */
  async #withdraw(id: string): Promise<void> {
    await this.#queue.remove(id).catch(() => {})
  }
}

/** Resolves with what is done, or without it after a moment: nobody waits for a Redis that is away. */
async function soon(done: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, TIDY_MS)
  })
  await Promise.race([done.catch(() => {}), late])
  clearTimeout(timer)
}
