import { parsePlacement, parseProblem } from '../models/contract/parse.js'
import type { Result } from '../models/contract/result.js'
import { compileInstance } from '../models/instance/compile.js'
import { type CompactOptions, resolveOptions } from './options.js'
import { planMigration } from './plan-migration.js'
import { assembleResult } from './result/assemble-result.js'
import { fingerprint } from './result/fingerprint.js'
import { readTarget } from './result/read-target.js'
import { Incumbents } from './search/incumbents.js'
import { startStopwatch } from './stopwatch.js'
import { stateOf } from './plan-migration.js'
import { appraise } from './search/worth.js'

/**
 * Only the migration, to a placement that somebody else made. What cannot be reached safely is given up, and the plan is then
 * partial. Rejects with InputError for what is no Problem or no placement of it.
 */
export async function sequence(
  problem: unknown,
  placement: unknown,
  options: Pick<CompactOptions, 'timeLimitMs' | 'seed' | 'signal'> = {}
): Promise<Result> {
  const { timeLimitMs, seed, relativeGap } = resolveOptions(options)
  const watch = startStopwatch(timeLimitMs)
  const parsed = parseProblem(problem)
  const instance = compileInstance(parsed)
  const target = readTarget(instance, parsePlacement(placement))
  const incumbents = new Incumbents(instance, watch)
  const signal = options.signal ?? new AbortController().signal
  signal.throwIfAborted()
  const ordered = await planMigration(instance, target, { watch, signal, seed, pool: null })
  const answer = { target, producer: 'initial' as const, worth: appraise(stateOf(instance, target)), notes: [] }
  return assembleResult(incumbents, answer, ordered, {
    fingerprint: await fingerprint(parsed),
    seed,
    solver: 'none',
    relativeGap,
    interrupted: false,
    moveBound: 0
  })
}
