import { parsePlacement, parseProblem } from '../../models/contract/parse.js'
import { sequence } from '../index.js'
import { renderNextSteps } from '../report/text/next-steps.js'
import { describeCall } from './describe-call.js'
import { checkOneStandardInput, readInput } from './input-file.js'
import { remainingMs } from './option-values.js'
import { checkOutputs } from './output.js'
import { deliverResult, type ResultOptions } from './result-output.js'
import { chooseStyle } from './terminal.js'

/** `sequence PROBLEM PLACEMENT`: the migration to a placement that somebody else made. */
export async function runSequence(
  problemPath: string,
  placementPath: string,
  options: ResultOptions & { readonly certificate?: boolean; readonly timeLimit?: number }
): Promise<void> {
  checkOneStandardInput(problemPath, placementPath)
  await checkOutputs({ '-o': options.output }, [problemPath])
  const problem = await readInput(problemPath, parseProblem)
  const placement = await readInput(placementPath, parsePlacement)
  const result = await sequence(problem, placement, {
    certificate: options.certificate === true,
    timeLimitMs: remainingMs(options.timeLimit)
  })
  const call = describeCall('sequence', [problemPath, placementPath], problem, options.output)
  await deliverResult(problem, result, options, renderNextSteps(call, chooseStyle(process.stdout, process.env)))
}
