/** One contestant on one instance: its seeds together. */
import { median } from './averages.mjs'
import { counts } from './in-time.mjs'
import { primalGapSteps, primalIntegral, secondsToFirst, secondsToNear } from './primal-gap.mjs'
import { provenGapSteps, secondsToProof } from './proven-gap.mjs'
import { valueAt } from './steps.mjs'

/** @import { BenchRun } from '../bench/record.mjs' */
/** @import { Step } from './steps.mjs' */

/**
 * Medians over the seeds. What a wrong answer or a refusal claims is no part of them; in gaps and times both count as nothing found.
 *
 * @typedef {object} Standing
 * @property {string} contestant
 * @property {'answered' | 'silent' | 'wrong' | 'refused'} outcome The worst of any seed: wrong before refused before silent.
 * @property {string[]} wrong What was wrong, each fault once.
 * @property {string[]} refused Why it was not taken, likewise.
 * @property {number} seeds
 * @property {number} answers Seeds with a placement that holds.
 * @property {number | null} cost
 * @property {number | null} bound
 * @property {number | null} activeNodes
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

/** @type {(contestant: string, runs: readonly BenchRun[], reference: number | null) => Standing} */
export function summariseRuns(contestant, runs, reference) {
  const right = runs.filter(counts)
  const seeds = runs.map((run) => ({
    limit: run.limitSeconds,
    first: secondsToFirst(run),
    primal: primalGapSteps(run, reference),
    proven: provenGapSteps(run)
  }))
  /** @type {(take: (run: BenchRun) => number | null) => number | null} */
  const middle = (take) => median(right.flatMap((run) => take(run) ?? []))
  /** @type {(take: (seed: typeof seeds[number]) => number) => number} */
  const overSeeds = (take) => median(seeds.map(take)) ?? Infinity
  return {
    contestant,
    ...outcomeOf(runs),
    seeds: runs.length,
    answers: right.filter(({ cost }) => cost !== null).length,
    cost: middle(({ cost }) => cost),
    bound: middle(({ bound }) => bound),
    activeNodes: middle(({ activeNodes }) => activeNodes),
    migrations: middle(({ migrations }) => migrations),
    starts: middle(({ starts }) => starts),
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

/** @type {(runs: readonly BenchRun[]) => Pick<Standing, 'outcome' | 'wrong' | 'refused'>} */
function outcomeOf(runs) {
  const wrong = distinct(runs.map((run) => run.wrong))
  const refused = distinct(runs.map((run) => (run.wrong === null ? run.refused : null)))
  const isSilent = runs.some((run) => counts(run) && run.cost === null)
  const outcome = wrong.length > 0 ? 'wrong' : refused.length > 0 ? 'refused' : isSilent ? 'silent' : 'answered'
  return { outcome, wrong, refused }
}

/** @type {(words: readonly (string | null)[]) => string[]} */
const distinct = (words) => [...new Set(words.flatMap((word) => (word === null ? [] : [word])))]
