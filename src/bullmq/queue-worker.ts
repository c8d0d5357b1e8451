import type { Job, Queue } from 'bullmq'
import { createExecutor } from '#scenario-executor'
import { parseProblem } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import type { ScenarioRecord } from '../capacity/sweep/scenario-record.js'
import { VERSION } from '../version.js'
import { loadBullmq } from './load-bullmq.js'
import { expectRedis, type RedisAddress, toConnection } from './redis.js'
import { DEFAULT_QUEUE, findProblem, nameQueue, type ScenarioJob, scenarioJob } from './scenario-job.js'

/** How a worker takes scenarios from a queue. */
export interface QueueWorkerOptions {
  readonly connection: RedisAddress
  /** The same as that of the sweeps. Default `replica-compactor`. */
  readonly queueName?: string
  /** Scenarios at a time, each in a worker thread of its own. Default: as many as there are cores. */
  readonly concurrency?: number
  /** Milliseconds after which a scenario is taken for lost when this process no longer says that it is at it. Default 15,000. */
  readonly lockDuration?: number
  /** Milliseconds between looks for scenarios that others have lost. Default 10,000. */
  readonly stalledInterval?: number
  /** How often a scenario may be lost before it counts as failed: it may be what kills its workers. Default 3. */
  readonly maxStalledCount?: number
  /** Told what happens. */
  readonly onEvent?: (event: QueueWorkerEvent) => void
}

export type QueueWorkerEvent =
  | { readonly kind: 'taken'; readonly job: Pick<ScenarioJob, 'id' | 'labels' | 'seed'> }
  | { readonly kind: 'solved'; readonly record: ScenarioRecord }
  | { readonly kind: 'failed'; readonly id: string; readonly reason: string }
  | { readonly kind: 'lost'; readonly id: string }
  | { readonly kind: 'trouble'; readonly message: string }

/** A worker at work. */
export interface QueueWorker {
  /** Takes no more scenarios and resolves when those at hand are solved and told; with `force` they are dropped, for others to take. */
  close(force?: boolean): Promise<void>
}

/** Base Problems that stay in memory. */
const MOST_PROBLEMS = 4

/**
 * Takes scenarios from a queue and solves them in worker threads, so that this thread is free to tell Redis that it is alive. Rejects with
 * QueueUnavailableError where bullmq is not installed or Redis does not answer at first; later it is waited for.
 */
export async function startWorker(options: QueueWorkerOptions): Promise<QueueWorker> {
  const name = nameQueue(options.queueName ?? DEFAULT_QUEUE)
  await expectRedis(options.connection, name)
  const { Queue: QueueClass, UnrecoverableError, Worker } = await loadBullmq()
  const connection = toConnection(options.connection)
  const queue: Queue = new QueueClass(name, { connection, skipMetasUpdate: true })
  const executor = createExecutor(options.concurrency)
  const stop = new AbortController()
  const tell = (event: QueueWorkerEvent) => options.onEvent?.(event)
  const trouble = (error: Error) => tell({ kind: 'trouble', message: error.message })
  const problems = new Map<string, Promise<Problem>>()

  const baseOf = (fingerprint: string) => {
    const known = problems.get(fingerprint)
    if (known !== undefined) return known
    const read = findProblem(queue, fingerprint).then((text) => {
      if (text === null) throw new Error('the Problem of the scenario is not in Redis any more')
      return parseProblem(JSON.parse(text))
    })
    problems.set(fingerprint, read)
    read.catch(() => problems.delete(fingerprint))
    const [oldest] = problems.keys()
    if (problems.size > MOST_PROBLEMS && oldest !== undefined) problems.delete(oldest)
    return read
  }
  const process = async (job: Job): Promise<ScenarioRecord> => {
    const read = scenarioJob.safeParse(job.data)
    if (!read.success) throw new UnrecoverableError('the job is no scenario of this version')
    const { version, problem, schemaVersion: _schemaVersion, ...scenario } = read.data
    if (version !== VERSION)
      throw new UnrecoverableError(`the sweep is of version ${version}, this worker of ${VERSION}`)
    tell({ kind: 'taken', job: scenario })
    const record = await executor.solve(
      { ...scenario, problem: await baseOf(problem) },
      { signal: stop.signal, onStart: () => {} }
    )
    tell({ kind: 'solved', record })
    return record
  }
  const worker = new Worker(name, process, {
    connection,
    concurrency: executor.concurrency,
    lockDuration: options.lockDuration ?? 15_000,
    stalledInterval: options.stalledInterval ?? 10_000,
    maxStalledCount: options.maxStalledCount ?? 3
  })
  queue.on('error', trouble)
  worker.on('error', trouble)
  worker.on('failed', (job, error) => tell({ kind: 'failed', id: job?.id ?? '', reason: error.message }))
  worker.on('stalled', (id) => tell({ kind: 'lost', id }))
  await worker.waitUntilReady()
  return {
    async close(force = false) {
      if (force) stop.abort(new Error('the worker was stopped'))
      await worker.close(force)
      await Promise.all([queue.close(), executor.close()])
    }
  }
}
