/** Orders, schedules, writes and checks one migration, and says how long each took. */
import { parsePlacement, parseProblem } from 'replica-compactor'
import { verifyResult } from '../../dist/models/checker/verify-result.js'
import { compileInstance } from '../../dist/models/instance/compile.js'
import { Budget } from '../../dist/src/budget.js'
import { sequenceMigration } from '../../dist/src/migration/sequence.js'
import { stateOf } from '../../dist/src/plan-migration.js'
import { adoptPlacement } from '../../dist/src/result/adopt-placement.js'
import { assembleResult } from '../../dist/src/result/assemble-result.js'
import { fingerprint } from '../../dist/src/result/fingerprint.js'
import { readTarget } from '../../dist/src/result/read-target.js'
import { Incumbents } from '../../dist/src/search/incumbents.js'
import { appraise } from '../../dist/src/search/worth.js'
import { startStopwatch } from '../../dist/src/stopwatch.js'

/** @import { PlacementInput, ProblemInput, Result } from 'replica-compactor' */

/**
 * Wall and processor time in seconds. The Problem and the placement are read and compiled before.
 *
 * @typedef {object} MigrationFigures
 * @property {number} nodes
 * @property {number} moves Replicas on another node in the end.
 * @property {number} starts Of replicas that run already: hops included.
 * @property {number} steps
 * @property {Result['plan']['status']} status
 * @property {number} violations What the checker finds.
 * @property {number} sequenceSeconds To order and to schedule.
 * @property {number} assembleSeconds To write the Result.
 * @property {number} checkSeconds
 * @property {number} seconds The three together.
 * @property {number} cpuSeconds Of these on the processor, on all cores.
 * @property {number} makespanSeconds
 * @property {number} durationSeconds Of all starts and drains, one after the other.
 * @property {number | null} boundSeconds No schedule of these moves ends earlier; null where nothing says so.
 */

/** @type {(problem: ProblemInput, placement: PlacementInput) => MigrationFigures} */
export function measureMigration(problem, placement) {
  const parsed = parseProblem(problem)
  const wished = parsePlacement(placement)
  const instance = adoptPlacement(compileInstance(parsed), wished)
  const target = readTarget(instance, wished)
  const name = fingerprint(parsed)
  const watch = startStopwatch(Infinity)
  const incumbents = new Incumbents(instance, watch)
  const answer = { target, producer: /** @type {const} */ ('initial'), worth: appraise(stateOf(instance, target)) }

  const processor = process.cpuUsage()
  const started = performance.now()
  const sequence = sequenceMigration(instance, target)
  const sequenced = performance.now()
  const result = assembleResult(incumbents, { ...answer, notes: [], isGated: false }, sequence, {
    fingerprint: name,
    seed: 1,
    solver: 'none',
    notes: [],
    relativeGap: 1e-4,
    interrupted: false,
    moveBound: 0,
    budget: Budget.ofTime(watch)
  })
  const assembled = performance.now()
  const violations = verifyResult(parsed, result).length
  const checked = performance.now()
  const { user, system } = process.cpuUsage(processor)

  const { plan, objective } = result
  return {
    nodes: parsed.nodes.length,
    moves: objective?.migrations ?? 0,
    starts: sequence.migrations,
    steps: plan.steps.length,
    status: plan.status,
    violations,
    sequenceSeconds: (sequenced - started) / 1000,
    assembleSeconds: (assembled - sequenced) / 1000,
    checkSeconds: (checked - assembled) / 1000,
    seconds: (checked - started) / 1000,
    cpuSeconds: (user + system) / 1e6,
    makespanSeconds: plan.makespanSeconds,
    durationSeconds: plan.steps.reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0),
    boundSeconds: plan.makespanBoundSeconds ?? null
  }
}
