import { parseProblem, parseResult } from '../../models/contract/parse.js'
import { renderSimulation } from '../report/text/simulation.js'
import { fingerprint } from '../result/fingerprint.js'
import { simulate } from '../simulation/simulate.js'
import { deliverAnswer } from './answer-output.js'
import { exitCodes } from './failure.js'
import { checkOneStandardInput, readInput } from './input-file.js'
import { checkOutputs } from './output.js'

interface SimulateCommandOptions {
  readonly seed: number
  readonly failureRate: number
  readonly nodeDeathRate: number
  readonly driftRate: number
  readonly crash?: boolean
  readonly all?: boolean
  readonly json?: boolean
  readonly output?: string
}

/** The share of lines of its journal at which an executor crashes with `--crash`. */
const CRASH_RATE = 0.05

/** `simulate PROBLEM RESULT`: carries the plan out on a simulated cluster, and says what happened and what must not have. */
export async function runSimulate(
  problemPath: string,
  resultPath: string,
  options: SimulateCommandOptions
): Promise<void> {
  const { seed, failureRate, nodeDeathRate, driftRate, crash = false, all = false, json, output } = options
  checkOneStandardInput(problemPath, resultPath)
  await checkOutputs({ '-o': output }, [problemPath, resultPath])
  const problem = await readInput(problemPath, parseProblem)
  const result = await readInput(resultPath, parseResult)
  if (result.problem.fingerprint !== fingerprint(problem)) {
    process.stderr.write(
      `Note: ${resultPath} was made for another problem, or for another version of ${problemPath}.\n`
    )
  }
  const rates = { failureRate, nodeDeathRate, driftRate, crashRate: crash ? CRASH_RATE : 0 }
  const simulation = await simulate(problem, result, { seed, ...rates })
  process.exitCode = simulation.violations.length === 0 ? exitCodes.feasible : exitCodes.violations
  await deliverAnswer({ schemaVersion: 1, ...simulation }, (story, style) => renderSimulation(story, all, style), {
    json,
    output
  })
}
