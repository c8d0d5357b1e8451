import { describeValue } from '../../models/contract/describe-input.js'
import type { InputIssue } from '../../models/contract/input-issues.js'
import { InputError, parseProblem, parseResult } from '../../models/contract/parse.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { Unchecked } from '../../models/contract/unchecked.js'
import type { ExecuteOptions } from '../execution/options.js'
import { Dice } from './dice.js'
import { runSimulation } from './run-simulation.js'
import type { Simulation } from './simulation.js'

/** What a simulated cluster does to a plan. Everything may be left out: then nothing fails. Shares are from 0 to 1. */
export interface SimulateOptions {
  /** The same seed, the same story: a whole number. Default 1. */
  readonly seed?: number
  /**
   * The share of starts that fail: refused, crashed before they are ready, never ready, or done without an answer. Shifts, stops,
   * drains and releases fail or hang a fifth as often, purchases as often. Default 0.
   */
  readonly failureRate?: number
  /** The share of nodes that die while the plan is carried out. Default 0. */
  readonly nodeDeathRate?: number
  /** The share of nodes that others fill or close while the plan is carried out. Default 0. */
  readonly driftRate?: number
  /** The share of lines of its journal at which the executor crashes; another one resumes 5 s later. At most 0.9. Default 0. */
  readonly crashRate?: number
  /** Starts, drains and purchases take so much more or less than the Problem says, as a share. Default 0.2. */
  readonly jitter?: number
  /** How the executor meets failures. Default: as `execute` does. */
  readonly execution?: Pick<ExecuteOptions, 'retries' | 'backoffMs' | 'forceDrain' | 'breakerWindow'>
}

const MOST = { failureRate: 1, nodeDeathRate: 1, driftRate: 1, crashRate: 0.9, jitter: 1 } as const
const OPTIONS: readonly string[] = ['seed', ...Object.keys(MOST), 'execution']

/**
 * Carries the plan of a Result out on a simulated cluster, in virtual time: hours take milliseconds. After everything that happens a
 * watcher that knows neither plan nor executor checks what must hold at every moment. Rejects with InputError for what is no Problem,
 * Result or option.
 */
export async function simulate(
  problem: Unchecked<ProblemInput>,
  result: Unchecked<Result>,
  options: SimulateOptions = {}
): Promise<Simulation> {
  checkOptions(options)
  const { seed = 1, failureRate = 0, nodeDeathRate = 0, driftRate = 0, crashRate = 0, jitter = 0.2 } = options
  const draw = new Dice(seed).of('crashes')
  const crashes = () => (draw() >= crashRate ? null : draw() < 0.5 ? 'before' : 'after')
  const { execution = {} } = options
  const weather = { seed, failureRate, nodeDeathRate, driftRate, jitter, crashes, execution } as const
  return runSimulation(parseProblem(problem), parseResult(result), weather)
}

function checkOptions(options: SimulateOptions): void {
  const issues: InputIssue[] = Object.keys(options)
    .filter((name) => !OPTIONS.includes(name))
    .map((name) => ({ path: name, found: 'an unknown option', expected: `one of ${OPTIONS.join(', ')}` }))
  const { seed } = options
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    issues.push({ path: 'seed', found: describeValue(seed), expected: 'a whole number' })
  }
  for (const [name, most] of Object.entries(MOST) as [keyof typeof MOST, number][]) {
    const value = options[name]
    if (value === undefined || (value >= 0 && value <= most)) continue
    issues.push({ path: name, found: describeValue(value), expected: `a number from 0 to ${most}` })
  }
  if (issues.length > 0) throw new InputError('options', issues)
}
