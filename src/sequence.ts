import { InputError, parsePlacement, parseProblem } from '../models/contract/parse.js'
import type { PlacementInput } from '../models/contract/placement.js'
import type { ProblemInput } from '../models/contract/problem.js'
import type { Result } from '../models/contract/result.js'
import type { Unchecked } from '../models/contract/unchecked.js'
import { compileInstance } from '../models/instance/compile.js'
import { Budget } from './budget.js'
import { type CompactOptions, resolveOptions } from './options.js'
import { planMigration, stateOf } from './plan-migration.js'
import { adoptPlacement } from './result/adopt-placement.js'
import { assembleResult } from './result/assemble-result.js'
import { withoutFunding } from './result/certificate.js'
import { verifyWithReasons } from './result/dropped-reasons.js'
import { fingerprint } from './result/fingerprint.js'
import { readTarget } from './result/read-target.js'
import { coveringBound } from './search/covering-bound.js'
import { Incumbents } from './search/incumbents.js'
import { appraise } from './search/worth.js'
import { startStopwatch } from './stopwatch.js'

const SEQUENCE_OPTIONS = ['timeLimitMs', 'seed', 'certificate', 'signal'] as const

/**
 * Only the migration, to a placement that somebody else made. What cannot be reached safely is given up, and the plan is then
 * partial. The bound is what is paid whatever happens: no solver is asked. Rejects with InputError for what is no Problem, no
 * legal placement of it, or forbidden by its gate; with the signal's reason on an abort.
 */
export async function sequence(
  problem: Unchecked<ProblemInput>,
  placement: Unchecked<PlacementInput | Result>,
  options: Pick<CompactOptions, (typeof SEQUENCE_OPTIONS)[number]> = {}
): Promise<Result> {
  const { timeLimitMs, seed, certificate, relativeGap } = resolveOptions(options, SEQUENCE_OPTIONS)
  const watch = startStopwatch(timeLimitMs)
  const budget = Budget.ofTime(watch)
  const parsed = parseProblem(problem)
  const wished = parsePlacement(placement)
  const instance = adoptPlacement(compileInstance(parsed), wished)
  const target = readTarget(instance, wished)
  const signal = options.signal ?? new AbortController().signal
  signal.throwIfAborted()
  const ordered = await planMigration(instance, target, { budget, signal, seed, solvers: null })
  signal.throwIfAborted()
  const answer = {
    target,
    producer: 'initial' as const,
    worth: appraise(stateOf(instance, ordered.target)),
    wishedCostPerHour: appraise(stateOf(instance, target)).costPerHour,
    notes: [],
    isGated: false
  }
  const incumbents = new Incumbents(instance, watch)
  await incumbents.measure('covering-bound', (own) => own.raiseCostBound(coveringBound(instance)))
  const assembled = assembleResult(incumbents, answer, ordered, {
    fingerprint: fingerprint(parsed),
    seed,
    solver: 'none',
    notes: [],
    relativeGap,
    interrupted: false,
    moveBound: 0,
    budget
  })
  const { result, violations } = verifyWithReasons(parsed, assembled)
  const forbidden = violations.filter(({ code }) => code === 'gate')
  if (forbidden.length > 0) {
    const issues = forbidden.map(({ message }) => ({ path: 'gate', found: message, expected: 'moves that repay' }))
    throw new InputError('placement', issues)
  }
  if (violations.length > 0) throw new Error(`the migration fails its check: ${violations[0]?.message}`)
  return certificate ? result : withoutFunding(result)
}
