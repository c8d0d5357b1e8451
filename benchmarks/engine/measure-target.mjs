/** One target after the other: the command is run, what it says is counted again and checked, and held against the target. */
import { fileURLToPath } from 'node:url'
import { parseProblem, verifyResult } from 'replica-compactor'
import { CLOSED_GAP } from '../cases.mjs'
import { provide, readJson } from '../instances.mjs'
import { provenGap } from '../measures/proven-gap.mjs'
import { builtCommand, runCommand } from './run-command.mjs'
import { countMigrations, MOST_MEGABYTES, searchGap } from './targets.mjs'

/** @import { IncumbentUpdate, Problem, Result } from 'replica-compactor' */
/** @import { Effort } from '../measure.mjs' */
/** @import { Run } from './run-command.mjs' */
/** @import { Target } from './targets.mjs' */

/**
 * What one target gave. Numbers are not rounded; null where there is none. Cost and gap are counted again from the placement.
 *
 * @typedef {object} EngineRecord
 * @property {string} key
 * @property {'fixtures' | 'shared' | 'generated'} folder
 * @property {number} nodes
 * @property {number} replicas
 * @property {number | null} maxMigrations What the command was told.
 * @property {number} targetGap
 * @property {number} targetSeconds
 * @property {number | null} cost Per hour.
 * @property {number | null} bound
 * @property {number | null} gap
 * @property {number} seconds
 * @property {number | null} peakMegabytes
 * @property {string | null} termination
 * @property {string | null} producer
 * @property {number | null} migrations
 * @property {string | null} plan
 * @property {number} violations What the checker finds.
 * @property {string[]} missed What was missed, in words; empty: the target is kept.
 * @property {string | null} commit
 * @property {string} date
 */

/** How long a command may take before it is killed, as a multiple of its limit. */
const PATIENCE = 3

/**
 * undefined where the instance is not to be had.
 *
 * @type {(target: Target, effort: Effort) => Promise<Omit<EngineRecord, 'commit' | 'date'> | undefined>}
 */
export async function measureTarget(target, { seed, threads }) {
  const file = provide(target.place)
  if (file === undefined) return undefined
  const problem = parseProblem(readJson(file))
  const maxMigrations = countMigrations(problem, target.budgetShare)
  const args = [
    ...[builtCommand, 'plan', fileURLToPath(file), '--json', '--quiet'],
    ...['--time-limit', String(target.seconds), '--gap', String(searchGap(target.gap))],
    ...['--seed', String(seed), '--threads', String(threads)],
    ...(maxMigrations === null ? [] : ['--max-migrations', String(maxMigrations)])
  ]
  const run = await runCommand(process.execPath, args, PATIENCE * target.seconds + 30)
  return judgeRun(target, problem, maxMigrations, run)
}

/** @type {(target: Target, problem: Problem, maxMigrations: number | null, run: Run) => Omit<EngineRecord, 'commit' | 'date'>} */
function judgeRun(target, problem, maxMigrations, run) {
  const result = readResult(run.stdout)
  const isAnswer = result?.primalStatus === 'feasible'
  const cost = isAnswer ? countCost(problem, result) : null
  const bound = isAnswer ? (result.bound?.costPerHour ?? null) : null
  /** @type {Omit<EngineRecord, 'commit' | 'date'>} */
  const record = {
    key: target.key,
    folder: target.place.folder,
    nodes: problem.nodes.length,
    replicas: problem.replicas.length,
    maxMigrations,
    targetGap: target.gap,
    targetSeconds: target.seconds,
    cost,
    bound,
    gap: cost === null || bound === null ? null : provenGap(cost, bound),
    seconds: run.seconds,
    peakMegabytes: run.peakMegabytes,
    termination: result?.termination ?? null,
    producer: result?.producer ?? null,
    migrations: result?.objective?.migrations ?? null,
    plan: result?.plan.status ?? null,
    violations: isAnswer ? verifyResult(withBudget(problem, maxMigrations), result).length : 0,
    missed: []
  }
  const missed = listMissed(record)
  const stated = result?.objective?.costPerHour
  if (cost !== null && Math.abs((stated ?? Infinity) - cost) > 1e-6 * Math.max(1, cost)) missed.push('its own cost')
  return { ...record, missed: run.exitCode === 0 ? missed : [`exit code ${run.exitCode ?? '(killed)'}`, ...missed] }
}

/** What of a target a record misses, in words. @type {(record: Omit<EngineRecord, 'commit' | 'date'>) => string[]} */
export function listMissed({ cost, bound, gap, targetGap, seconds, targetSeconds, peakMegabytes, plan, violations }) {
  const missed = []
  if (cost === null) missed.push('an answer')
  if (!((gap ?? Infinity) <= targetGap)) missed.push('gap')
  if (cost !== null && bound !== null && bound > cost * (1 + CLOSED_GAP)) missed.push('a bound below its cost')
  if (seconds > targetSeconds) missed.push('in time')
  if ((peakMegabytes ?? 0) > MOST_MEGABYTES) missed.push('memory')
  if (cost !== null && plan !== 'complete') missed.push('complete plan')
  if (violations > 0) missed.push('accepted by the checker')
  return missed
}

/** @type {(text: string) => Result | undefined} */
function readResult(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * What the nodes cost that host something in the end, are kept free, bought, or never released.
 *
 * @type {(problem: Problem, answer: Pick<IncumbentUpdate, 'placement' | 'headroom' | 'newNodes'>) => number}
 */
export function countCost({ nodes, nodeTypes }, { placement, headroom, newNodes }) {
  const used = new Set([...placement, ...headroom].map(({ node }) => node))
  const kept = nodes.filter(({ id, releasable }) => used.has(id) || !releasable)
  const prices = new Map(nodeTypes.map(({ type, costPerHour }) => [type, costPerHour]))
  const bought = newNodes.filter(({ id, rented }) => used.has(id) && rented !== true)
  return (
    kept.reduce((sum, { costPerHour }) => sum + costPerHour, 0) +
    bought.reduce((sum, { type }) => sum + (prices.get(type) ?? Infinity), 0)
  )
}

/** The Problem with the budget that the command was told beside it, so that the checker knows of it. @type {(problem: Problem, maxMigrations: number | null) => Problem} */
function withBudget(problem, maxMigrations) {
  if (maxMigrations === null) return problem
  const own = problem.budget.maxMigrations ?? Infinity
  return { ...problem, budget: { ...problem.budget, maxMigrations: Math.min(own, maxMigrations) } }
}
