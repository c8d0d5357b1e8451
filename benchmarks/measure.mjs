/** Calls the built package as a user would, on one case after the other, and says what came of it. */
import { compact, parseProblem, sequence, verifyResult } from 'replica-compactor'
import { latestMs } from './cases.mjs'
import { locate, read } from './instances.mjs'
import { lookUpKnown, readBestKnown } from './known.mjs'

/** @import { CompactRun, IncumbentUpdate, Result } from 'replica-compactor' */
/** @import { Case, Target } from './cases.mjs' */

/**
 * What one case gave. Numbers are not rounded; null where there is none.
 *
 * @typedef {object} Figures
 * @property {string} name
 * @property {Case['folder']} folder
 * @property {number} nodes
 * @property {number} replicas
 * @property {number} limitSeconds
 * @property {number} seconds Wall time of the whole call.
 * @property {number | null} firstMs Until the first placement of every replica was found and checked, in a warm call.
 * @property {number} initialCost Per hour, of the nodes that are active before.
 * @property {number | null} cost Per hour.
 * @property {number | null} bound
 * @property {number | null} gap
 * @property {string | null} termination
 * @property {string | null} producer
 * @property {number | null} migrations
 * @property {Result['plan']['status']} plan
 * @property {number} steps
 * @property {number} makespanSeconds
 * @property {number} violations What the checker finds.
 * @property {string} target In words; empty where nothing beyond a complete, accepted plan is promised.
 * @property {string[]} missed What of it was missed, in words.
 */

/**
 * @typedef {object} DeadlineFigures
 * @property {string} name
 * @property {number} limitMs
 * @property {number} wallMs
 * @property {string | null} producer
 * @property {number | null} cost
 * @property {number} violations
 * @property {boolean} met
 */

/** @typedef {{ seed: number, threads: number }} Effort */

/** @type {(entry: Case) => boolean} */
export function isAvailable({ folder, name }) {
  return locate(folder, `${name}.problem.json`) !== undefined
}

/** @type {(entry: Case, effort: Effort) => Promise<Figures>} */
export async function measure(entry, effort) {
  const { name, folder, limitSeconds, relativeGap } = entry
  const problem = read(folder, `${name}.problem.json`)
  const options = { ...effort, relativeGap, timeLimitMs: limitSeconds * 1000 }
  // Loads workers and WebAssembly and lets the engine compile: what follows is a warm call.
  await compact(problem, { ...options, timeLimitMs: Math.min(1000, options.timeLimitMs) })

  /** @type {IncumbentUpdate[]} */
  const incumbents = []
  const start = performance.now()
  const result =
    entry.placement === undefined
      ? await follow(compact(problem, options), incumbents)
      : await sequence(problem, read(folder, `${entry.placement}.placement.json`), { seed: effort.seed })
  const seconds = (performance.now() - start) / 1000

  const { objective, plan } = result
  // Whoever only orders a migration searches nothing and proves nothing.
  const { bound, gap, producer } = entry.placement === undefined ? result : {}
  /** @type {Figures} */
  const figures = {
    name,
    folder,
    nodes: problem.nodes.length,
    replicas: problem.replicas.length,
    limitSeconds,
    seconds,
    firstMs: incumbents.find(({ placement }) => placement.length === problem.replicas.length)?.elapsedMs ?? null,
    initialCost: result.initial.costPerHour,
    cost: objective?.costPerHour ?? null,
    bound: bound?.costPerHour ?? null,
    gap: gap ?? null,
    termination: entry.placement === undefined ? result.termination : null,
    producer: producer ?? null,
    migrations: objective?.migrations ?? null,
    plan: plan.status,
    steps: plan.steps.length,
    makespanSeconds: plan.makespanSeconds,
    violations: verifyResult(parseProblem(problem), result).length,
    target: '',
    missed: []
  }
  return judge(figures, entry.target)
}

/**
 * The Result of a run, its incumbents noted down on the way.
 *
 * @type {(run: CompactRun, incumbents: IncumbentUpdate[]) => Promise<Result>}
 */
async function follow(run, incumbents) {
  for await (const incumbent of run) incumbents.push(incumbent)
  return run
}

/**
 * Holds the figures against the target.
 *
 * @type {(figures: Figures, target: Target) => Figures}
 */
function judge(figures, target) {
  /** @type {[words: string, isMet: boolean][]} */
  const promises = []
  if (target.optimum) {
    const optimum = readOptimum(figures)
    promises.push([`cost ${optimum}`, figures.cost !== null && Math.abs(figures.cost - optimum) <= 1e-6 * optimum])
  }
  if (target.gap !== undefined) promises.push([describeGap(target.gap), (figures.gap ?? Infinity) <= target.gap])
  if (target.firstMs !== undefined) {
    promises.push([`first in ${target.firstMs} ms`, (figures.firstMs ?? Infinity) <= target.firstMs])
  }
  const missed = promises.filter(([, isMet]) => !isMet).map(([words]) => words)
  if (figures.seconds * 1000 > latestMs(figures.limitSeconds * 1000)) missed.push('in time')
  if (figures.plan !== 'complete') missed.push('complete plan')
  if (figures.violations > 0) missed.push('accepted by the checker')
  return { ...figures, target: promises.map(([words]) => words).join(', '), missed }
}

/** @type {(figures: Figures) => number} */
function readOptimum({ name, folder }) {
  const known = lookUpKnown(readBestKnown(), name, folder)?.cost
  if (known === undefined || known === null) throw new Error(`no optimum is known of ${name}`)
  return known
}

/** @type {(gap: number) => string} */
function describeGap(gap) {
  return gap <= 1e-6 ? 'proven optimal' : `gap ${gap * 100} %`
}

/** @type {(entry: { name: string, limitMs: number }, effort: Effort) => Promise<DeadlineFigures>} */
export async function measureDeadline({ name, limitMs }, effort) {
  const problem = read('fixtures', `${name}.problem.json`)
  const start = performance.now()
  const result = await compact(problem, { ...effort, timeLimitMs: limitMs })
  const wallMs = performance.now() - start
  const violations = verifyResult(parseProblem(problem), result).length
  const met = wallMs <= latestMs(limitMs) && violations === 0 && result.primalStatus === 'feasible'
  const cost = result.objective?.costPerHour ?? null
  return { name, limitMs, wallMs, producer: result.producer ?? null, cost, violations, met }
}
