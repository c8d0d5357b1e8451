import type { Result } from '../models/contract/result.js'
import { answers, certainNext } from './answers.js'
import type { Budget } from './budget.js'
import type { RunContext } from './compact-run.js'
import type { ResolvedOptions } from './options.js'
import { planMigration, stateOf } from './plan-migration.js'
import type { Profile } from './profile.js'
import { assembleResult, type ResultContext, type WishedFor } from './result/assemble-result.js'
import { checkReached } from './result/check-reached.js'
import type { Incumbents } from './search/incumbents.js'
import type { SolverTeam } from './search/solver-team.js'
import { appraise, compareWorth, type Worth } from './search/worth.js'
import { breathe } from './turns.js'

export interface ReachOptions extends ResolvedOptions {
  readonly solvers: SolverTeam | null
  /** What the migration may be planned with. */
  readonly budget: Budget
  readonly about: ResultContext
  readonly timer: Profile
}

export interface Reached {
  readonly result: Result
  /** Rules are broken that the start breaks: an answer only where nothing better is possible. */
  readonly isLastResort: boolean
}

/**
 * Orders the moves to the best placement, and checks what comes of it. Where moves had to be given up, the others are tried as
 * long as one of them promises more than what was reached. null when none passed the checks.
 */
export async function reachAnswer(
  incumbents: Incumbents,
  run: RunContext,
  options: ReachOptions
): Promise<Reached | null> {
  const { instance } = incumbents
  const { budget } = options
  let best: Candidate | null = null
  let wished: WishedFor | null = null
  let promised: Worth | null = null
  for (const answer of certainNext(instance, answers(incumbents))) {
    if (best !== null && budget.isLate()) break
    promised ??= answer.worth
    if (best !== null && compareWorth(answer.worth, best.worth) >= 0) continue
    run.enter('sequence', incumbents, options)
    const migration = { ...options, signal: run.signal }
    const sequence = await options.timer.time('sequence', () => planMigration(instance, answer.target, migration))
    await breathe()
    run.throwIfAborted()
    run.enter('check', incumbents, options)
    const worth = appraise(stateOf(instance, sequence.target))
    const hoped: WishedFor = wished ?? { wishedCostPerHour: answer.worth.costPerHour, givenUp: [] }
    wished ??= { ...hoped, givenUp: sequence.cut.moves }
    if (best !== null && compareWorth(worth, best.worth) >= 0) continue
    const checked = options.timer.time('verify', () =>
      checkReached(
        instance.problem,
        assembleResult(incumbents, { ...answer, ...hoped, worth }, sequence, options.about)
      )
    )
    if (checked.violations.length > 0) continue
    best = { ...checked, worth }
    if (compareWorth(worth, promised) <= 0) break
  }
  return best
}

interface Candidate extends Reached {
  readonly worth: Worth
}
