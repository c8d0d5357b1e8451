/** One contestant on one instance: its seeds together. */
import { median } from './averages.mjs'
import { boundInTime, costInTime, counts } from './in-time.mjs'
import { primalGapSteps, primalIntegral, secondsToFirst, secondsToNear } from './primal-gap.mjs'
import { provenGapSteps, secondsToProof } from './proven-gap.mjs'
import { valueAt } from './steps.mjs'

/** @import { BenchContestant, BenchRun } from '../bench/record.mjs' */
/** @import { Step } from './steps.mjs' */

/**
 * Medians over the seeds. What a wrong answer or a refusal claims is no part of them, nor is what came too late; in gaps and times all of
 * them count as nothing found.
 *
 * @typedef {object} Standing
 * @property {string} contestant
 * @property {'answered' | 'late' | 'silent' | 'wrong' | 'refused'} outcome The worst of any seed: wrong before refused before silent before
 *   late.
 * @property {string[]} wrong What was wrong, each fault once.
 * @property {string[]} refused Why it was not taken, likewise.
 * @property {number} seeds
 * @property {number} answers Seeds with a placement that holds in time; of who places nothing, with a bound.
 * @property {number | null} cost
 * @property {number | null} bound
 * @property {number | null} activeNodes Of the final placement, as are the moves; null where it came too late.
 * @property {number | null} migrations
 * @property {number | null} starts
 * @property {number | null} seconds
 * @property {number | null} cpuSeconds
 * @property {number | null} peakMegabytes
 * @property {number} primalGap At the limit.
 * @property {number} provenGap At the limit.
 * @property {number} primalIntegral
 * @property {number} firstSeconds To any placement; Infinity: never.
 * @property {number} nearSeconds To within 1 % of the best known cost.
 * @property {number} provenSeconds To a proven gap of 1 %.
 * @property {Step[][]} primalSteps The primal gap over time, by seed.
 * @property {Step[][]} provenSteps The proven gap over time, by seed.
 */

/** @type {(contestant: BenchContestant, runs: readonly BenchRun[], reference: number | null) => Standing} */
export function summariseRuns({ name, places }, runs, reference) {
  const right = runs.filter(counts)
  const seeds = runs.map((run) => ({
    limit: run.limitSeconds,
    first: secondsToFirst(run),
    primal: primalGapSteps(run, reference),
    proven: provenGapSteps(run)
  }))
  /** @type {(take: (run: BenchRun) => number | null) => number | null} */
  const middle = (take) => median(right.flatMap((run) => take(run) ?? []))
  /** @type {(take: (run: BenchRun) => number | null) => number | null} */
  const middleOfFinal = (take) => middle((run) => (isFinalInTime(run) ? take(run) : null))
  /** @type {(take: (seed: typeof seeds[number]) => number) => number} */
  const overSeeds = (take) => median(seeds.map(take)) ?? Infinity
  return {
    contestant: name,
    ...outcomeOf(runs, places),
    seeds: runs.length,
    answers: right.filter((run) => (places ? costInTime(run) : boundInTime(run)) !== null).length,
    cost: middle(costInTime),
    bound: middle(boundInTime),
    activeNodes: middleOfFinal(({ activeNodes }) => activeNodes),
    migrations: middleOfFinal(({ migrations }) => migrations),
    starts: middleOfFinal(({ starts }) => starts),
    seconds: middle(({ seconds }) => seconds),
    cpuSeconds: middle(({ cpuSeconds }) => cpuSeconds),
    peakMegabytes: middle(({ peakMegabytes }) => peakMegabytes),
    primalGap: overSeeds(({ primal, limit }) => valueAt(primal, limit)),
    provenGap: overSeeds(({ proven, limit }) => valueAt(proven, limit)),
    primalIntegral: overSeeds(({ primal, limit }) => primalIntegral(primal, limit)),
    firstSeconds: overSeeds(({ first }) => first),
    nearSeconds: overSeeds(({ primal }) => secondsToNear(primal)),
    provenSeconds: overSeeds(({ proven }) => secondsToProof(proven)),
    primalSteps: seeds.map(({ primal }) => primal),
    provenSteps: seeds.map(({ proven }) => proven)
  }
}

/** Not so where what came in time was improved too late. @type {(run: BenchRun) => boolean} */
const isFinalInTime = (run) => run.cost !== null && (costInTime(run) ?? Infinity) <= run.cost

/** Who places nothing answers by a bound. @type {(runs: readonly BenchRun[], places: boolean) => Pick<Standing, 'outcome' | 'wrong' | 'refused'>} */
function outcomeOf(runs, places) {
  const wrong = distinct(runs.map((run) => run.wrong))
  const refused = distinct(runs.map((run) => (run.wrong === null ? run.refused : null)))
  const right = runs.filter(counts)
  const isSilent = right.some(({ cost, bound }) => (places ? cost : bound) === null)
  const isLate = right.some((run) => (places ? costInTime(run) : boundInTime(run)) === null)
  const rest = isSilent ? 'silent' : isLate ? 'late' : 'answered'
  return { outcome: wrong.length > 0 ? 'wrong' : refused.length > 0 ? 'refused' : rest, wrong, refused }
}

/** @type {(words: readonly (string | null)[]) => string[]} */
const distinct = (words) => [...new Set(words.flatMap((word) => (word === null ? [] : [word])))]
