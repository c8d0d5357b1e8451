import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import { renderSummary } from '../report/text/summary.js'
import { exitCodes } from './failure.js'
import { writeWhole } from './output.js'
import { chooseStyle } from './terminal.js'

/** Where a Result goes. */
export interface ResultOptions {
  readonly json?: boolean
  readonly output?: string
}

/** Prints the Result, or its summary and `next`, writes the file asked for, and sets the exit code. */
export async function deliverResult(
  problem: Problem,
  result: Result,
  { json, output }: ResultOptions,
  next = ''
): Promise<void> {
  process.exitCode = exitCodeOf(result)
  const feasible = result.primalStatus === 'feasible'
  const text = `${JSON.stringify(result, null, 2)}\n`
  const summarize = (stream: NodeJS.WriteStream) => renderSummary(problem, result, chooseStyle(stream, process.env))
  if (json !== true) process.stdout.write(summarize(process.stdout) + (feasible && next !== '' ? `\n${next}` : ''))
  else process.stdout.write(text)
  if (json === true && !feasible) process.stderr.write(summarize(process.stderr))
  // Last, so that a full disk does not also take what is on the screen.
  if (output !== undefined) await writeWhole(output, text)
}

function exitCodeOf({ primalStatus, termination }: Result): number {
  if (primalStatus === 'feasible') return exitCodes.feasible
  if (termination === 'infeasible') return exitCodes.infeasible
  return termination === 'failed' ? exitCodes.fault : exitCodes.nothingFound
}
