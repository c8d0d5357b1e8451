import { readFile, realpath } from 'node:fs/promises'
import { mergeSweeps } from '../../capacity/sweep/merge.js'
import { parseSweepJournal, type SweepRecords } from '../../capacity/sweep/sweep-journal.js'
import { describeSystemError, exitCodes, UsageError } from '../failure.js'
import { checkOutputs } from '../output.js'
import { namedFiles } from './page-facts.js'
import { deliverSweep, type SweepOutputOptions } from './sweep-output.js'

/** `capacity merge JOURNAL…`: one answer from the journals of a sweep's shards; exit code 5 while scenarios are missing. */
export async function runMergeCommand(paths: readonly string[], options: SweepOutputOptions): Promise<void> {
  await checkOutputs({ '-o': options.output, '--html': options.html }, paths)
  const seen = new Set<string>()
  const journals: SweepRecords[] = []
  for (const path of paths) {
    const file = await realpath(path).catch(() => path)
    if (seen.size === seen.add(file).size) throw new UsageError(`${path}: found this journal twice, expected each once`)
    const text = await readFile(path, 'utf8').catch((error: unknown) => {
      throw new UsageError(`${path}: ${describeSystemError(error)}`)
    })
    journals.push(parseSweepJournal(text, path))
  }
  const answer = mergeSweeps(journals)
  await deliverSweep(answer, options, namedFiles({ Journals: paths.join(', ') }))
  process.exitCode =
    answer.missing.length > 0 ? exitCodes.nothingFound : answer.failed > 0 ? exitCodes.fault : exitCodes.feasible
}
