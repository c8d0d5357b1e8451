import { verifyCertificate } from '../../models/certificate/verify-certificate.js'
import { verifyResult } from '../../models/checker/verify-result.js'
import { parseProblem, parseResult } from '../../models/contract/parse.js'
import { renderVerdict } from '../report/text/verdict.js'
import { fingerprint } from '../result/fingerprint.js'
import { exitCodes } from './failure.js'
import { checkOneStandardInput, readInput } from './input-file.js'
import { chooseStyle } from './terminal.js'

/** `verify PROBLEM RESULT`: what the independent checker says of a Result. */
export async function runVerify(problemPath: string, resultPath: string, options: { json?: boolean }): Promise<void> {
  checkOneStandardInput(problemPath, resultPath)
  const problem = await readInput(problemPath, parseProblem)
  const result = await readInput(resultPath, parseResult)
  if (result.problem.fingerprint !== fingerprint(problem)) {
    process.stderr.write(
      `Note: ${resultPath} was made for another problem, or for another version of ${problemPath}.\n`
    )
  }
  const proven = result.certificate === undefined ? null : verifyCertificate(problem, result)
  const violations = [...verifyResult(problem, result), ...(proven?.violations ?? [])]
  process.exitCode = violations.length === 0 ? exitCodes.feasible : exitCodes.violations
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify({ valid: violations.length === 0, violations, ...(proven && { bound: proven.confirmed }) }, null, 2)}\n`
      : renderVerdict(result, violations, proven?.confirmed ?? null, chooseStyle(process.stdout, process.env))
  )
}
