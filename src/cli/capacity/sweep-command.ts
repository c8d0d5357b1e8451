import { createExecutor } from '#scenario-executor'
import { fileSweepJournal } from '../../capacity/sweep/file-sweep-journal.js'
import { runSweep } from '../../capacity/sweep/run-sweep.js'
import type { ScenarioRecord } from '../../capacity/sweep/scenario-record.js'
import type { Shard } from '../../capacity/sweep/shard.js'
import { makeSweep } from '../../capacity/sweep/sweep.js'
import { answerOf } from '../../capacity/sweep/sweep-answer.js'
import { headerOf } from '../../capacity/sweep/sweep-header.js'
import { describeSystemError, exitCodes, UsageError } from '../failure.js'
import { interruptOnSignal } from '../interrupt.js'
import { checkOutputs } from '../output.js'
import { namedFiles } from './page-facts.js'
import { openQueue, type QueueOptions } from './queue-connection.js'
import { readSweepInput, type SweepPlanOptions } from './sweep-input.js'
import { deliverSweep, type SweepOutputOptions } from './sweep-output.js'
import { displaySweep } from './sweep-progress.js'

interface SweepCommandOptions extends SweepPlanOptions, SweepOutputOptions, QueueOptions {
  readonly concurrency?: number
  readonly shard?: Shard
  readonly journal?: string
  readonly retryFailed?: boolean
  readonly quiet?: boolean
}

/** `capacity sweep PROBLEM`: solves every combination, in worker threads or through a queue, and prints the table or the answer. */
export async function runSweepCommand(path: string, options: SweepCommandOptions): Promise<void> {
  const { journal, shard, retryFailed = false, redis } = options
  const madeFrom = namedFiles({ File: path, Plan: options.sweep })
  await checkOutputs({ '-o': options.output, '--html': options.html, '--journal': journal }, [path, options.sweep])
  const { problem, plan } = await readSweepInput(path, options)
  const sweep = makeSweep(problem, plan)
  const executor = redis === undefined ? createExecutor(options.concurrency) : await openQueue(redis, options)
  const progress = options.quiet === true ? undefined : displaySweep(process.stderr)
  const stop = new AbortController()
  const records: ScenarioRecord[] = []
  const stopListening = interruptOnSignal(() => {
    progress?.end()
    stop.abort()
  }, 'what is done is told in a moment')
  try {
    const answer = await runSweep(sweep, {
      executor,
      retryFailed,
      signal: stop.signal,
      onRecord: (record) => records.push(record),
      ...(shard && { shard }),
      ...(journal === undefined ? {} : { journal: fileSweepJournal(journal) }),
      ...(progress && { onProgress: progress.show })
    })
    progress?.end()
    await deliverSweep(answer, options, madeFrom)
    process.exitCode = answer.failed > 0 ? exitCodes.fault : exitCodes.feasible
  } catch (error) {
    progress?.end()
    if (!stop.signal.aborted) throw nameFile(error, journal)
    const notes = [
      `interrupted: ${records.length} scenarios were solved in this run`,
      journal === undefined ? 'with --journal FILE a sweep can go on later' : `the same command goes on from ${journal}`
    ]
    await deliverSweep(answerOf(headerOf(sweep), records, { notes }), options, madeFrom)
    process.exitCode = exitCodes.nothingFound
  } finally {
    stopListening()
  }
}

/** A journal that cannot be written is the user's matter: the file is named, and no fault is reported. */
function nameFile(error: unknown, path: string | undefined): unknown {
  const isSystem = error instanceof Error && 'syscall' in error && path !== undefined
  return isSystem ? new UsageError(`${path}: ${describeSystemError(error)}`) : error
}
