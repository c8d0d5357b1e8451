import { parseProblem, parseResult } from '../../models/contract/parse.js'
import { renderVerdict } from '../report/text/verdict.js'
import { checkResult } from '../result/check-result.js'
import { isMadeFor } from '../result/read-result.js'
import { exitCodes } from './failure.js'
import { checkOneStandardInput, readInput } from './input-file.js'
import { chooseStyle } from './terminal.js'

/** `verify PROBLEM RESULT`: what the independent checker says of a Result. */
export async function runVerify(problemPath: string, resultPath: string, options: { json?: boolean }): Promise<void> {
  checkOneStandardInput(problemPath, resultPath)
  const problem = await readInput(problemPath, parseProblem)
  const result = await readInput(resultPath, parseResult)
  if (!isMadeFor(problem, result)) {
    process.stderr.write(
      `Note: ${resultPath} was made for another problem, or for another version of ${problemPath}.\n`
    )
  }
  const { violations, confirmed } = checkResult(problem, result)
  process.exitCode = violations.length === 0 ? exitCodes.feasible : exitCodes.violations
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ valid: violations.length === 0, violations, ...(confirmed !== null && { bound: confirmed }) }, null, 2)}\n`
      : renderVerdict(result, violations, confirmed, chooseStyle(process.stdout, process.env))
  )
}
