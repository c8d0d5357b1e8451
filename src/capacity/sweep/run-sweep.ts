import { createExecutor } from '#scenario-executor'
import { InputError } from '../../../models/contract/parse.js'
import { isSignal } from '../../options.js'
import type { Executor } from './executor.js'
import { type SweepProgress, SweepTally } from './progress.js'
import { failedRecord, type ScenarioRecord } from './scenario-record.js'
import { type Shard, scenariosOf } from './shard.js'
import type { Scenario, Sweep } from './sweep.js'
import { answerOf, type SweepAnswer } from './sweep-answer.js'
import { headerOf } from './sweep-header.js'
import type { SweepJournal } from './sweep-journal.js'

/** How a sweep is run. Everything may be left out. */
export interface RunSweepOptions {
  /** Scenarios at a time. Default: as many as there are cores. Results do not depend on it. */
  readonly concurrency?: number
  /** Only a part of the scenarios. Default: all. */
  readonly shard?: Shard
  /** Where records are kept; those that are there are not solved again. Default: nowhere. It is closed in the end. */
  readonly journal?: SweepJournal
  /** Whether scenarios whose record is a failure are tried again. Default false. */
  readonly retryFailed?: boolean
  /** Where scenarios are solved. Default: a worker thread for each, in browsers on the pool of `compact`. It is closed in the end. */
  readonly executor?: Executor
  /** An abort rejects with its reason, when nothing of the run is left but what is in the journal. */
  readonly signal?: AbortSignal
  /** Called when a scenario begins and when it ends. */
  readonly onProgress?: (progress: SweepProgress) => void
  /** Called with each record when it is kept. */
  readonly onRecord?: (record: ScenarioRecord) => void
}

/**
 * Solves the scenarios of a sweep, many at a time. Under a work limit, which is the default, records are the same however many run at once and
 * wherever, but for their seconds. A scenario that fails is a record with its reason. Rejects with InputError where the journal is of
 * another sweep, with what the journal throws when it cannot be written, and with the signal's reason.
 */
export async function runSweep(sweep: Sweep, options: RunSweepOptions = {}): Promise<SweepAnswer> {
  const { shard = null, journal, signal, onProgress, onRecord } = options
  const executor = options.executor ?? createExecutor(options.concurrency)
  const stop = new AbortController()
  const abort = () => stop.abort(signal?.reason)
  try {
    checkOptions(options)
    const header = headerOf(sweep)
    const own = scenariosOf(sweep, shard)
    const ids = new Set(own.map(({ id }) => id))
    signal?.addEventListener('abort', abort, { once: true })
    if (signal?.aborted === true) abort()
    stop.signal.throwIfAborted()
    const kept = ((await journal?.open(header)) ?? []).filter(({ id }) => ids.has(id))
    const records = [...kept]
    const known = knownOf(kept, options.retryFailed === true)
    const failed = [...known.values()].filter(({ termination }) => termination === 'failed').length
    const tally = new SweepTally(own.length, known.size, failed, performance.now())
    const tell = () => onProgress?.(tally.at(performance.now()))
    const waiting = own.filter(({ id }) => !known.has(id))
    const solve = async (scenario: Scenario) => {
      const record = await solveOrFail(sweep, scenario, executor, stop.signal, () => {
        tally.start(scenario.id, performance.now())
        tell()
      })
      await journal?.append(record)
      await executor.forget?.(record.id)
      records.push(record)
      tally.end(record.id, record.termination === 'failed', performance.now())
      onRecord?.(record)
      tell()
    }
    tell()
    let next = 0
    const line = async () => {
      try {
        while (next < waiting.length) {
          stop.signal.throwIfAborted()
          await solve(waiting[next++] as Scenario)
        }
      } catch (error) {
        // One line that cannot go on, as on a full disk, is the end of all.
        stop.abort(error)
        throw error
      }
    }
    const lines = Array.from({ length: Math.min(executor.concurrency, waiting.length) }, line)
    await Promise.allSettled(lines)
    stop.signal.throwIfAborted()
    return answerOf(header, records, { shard, own: ids })
  } finally {
    if (isSignal(signal)) signal.removeEventListener('abort', abort)
    await Promise.all([executor.close(), journal?.close()])
  }
}

/** Only an abort rejects. */
async function solveOrFail(
  { problem, options }: Sweep,
  scenario: Scenario,
  executor: Executor,
  signal: AbortSignal,
  onStart: () => void
): Promise<ScenarioRecord> {
  const begun = performance.now()
  try {
    return await executor.solve({ ...scenario, problem, options }, { signal, onStart })
  } catch (error) {
    signal.throwIfAborted()
    const reason = error instanceof Error ? error.message : String(error)
    return failedRecord(scenario, reason, (performance.now() - begun) / 1000)
  }
}

/** What need not be solved again, by id. */
function knownOf(records: readonly ScenarioRecord[], retryFailed: boolean): Map<string, ScenarioRecord> {
  const known = new Map<string, ScenarioRecord>()
  for (const record of records) {
    const isFailed = record.termination === 'failed'
    if (isFailed && (retryFailed || known.has(record.id))) continue
    known.set(record.id, record)
  }
  return known
}

function checkOptions({ concurrency, signal, shard }: RunSweepOptions): void {
  const isCount = (value: number, least: number) => Number.isSafeInteger(value) && value >= least
  if (concurrency !== undefined && !(isCount(concurrency, 1) && concurrency <= 1024))
    throw fault('concurrency', concurrency, 'a whole number from 1 to 1024')
  if (signal !== undefined && !isSignal(signal)) throw fault('signal', signal, 'an AbortSignal')
  if (shard !== undefined && !(isCount(shard.count, 1) && isCount(shard.index, 0) && shard.index < shard.count))
    throw fault('shard', `${shard.index}/${shard.count}`, 'an index from 0 and below the count')
}

function fault(path: string, found: unknown, expected: string): InputError {
  return new InputError('options', [{ path, found: String(found), expected }])
}
