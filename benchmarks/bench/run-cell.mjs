/**
 * A process of its own: one contestant on one instance, once. Its argument is one JSON text, what it prints is another. It solves a
 * small instance first, so that nobody pays for loading code within the time that counts.
 */
import { readFileSync } from 'node:fs'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseProblem } from 'replica-compactor'
import { findContestant } from '../contestants/contestants.mjs'

/** @import { Attempt } from '../contestants/attempt.mjs' */
/** @import { BenchRun } from './record.mjs' */

/**
 * @typedef {object} CellTask
 * @property {string} contestant
 * @property {string} file The Problem, with the budget that counts.
 * @property {number} limitSeconds
 * @property {number} gap
 * @property {number} seed
 * @property {number} threads
 * @property {boolean} isProofOnly
 */

/** What a run is, but for the cell that it belongs to and the surroundings. @typedef {Omit<BenchRun, 'experiment' | 'instance' | 'budgetShare' | 'contestant' | 'seed' | 'limitSeconds' | 'commit' | 'date'>} Measured */

const smallInstance = fileURLToPath(new URL('../../fixtures/synthetic/synthetic-12-1.problem.json', import.meta.url))
const WARM_UP_SECONDS = 0.5

/** @type {CellTask} */
const { contestant: name, ...task } = JSON.parse(argv[2] ?? '')
const contestant = findContestant(name)
/** @type {(file: string, limitSeconds: number) => Promise<Attempt>} */
const attempt = (file, limitSeconds) => {
  const problem = parseProblem(JSON.parse(readFileSync(file, 'utf8')))
  return contestant.run({ ...task, problem, file, limitSeconds })
}
await attempt(smallInstance, WARM_UP_SECONDS)
console.log(JSON.stringify(judge(await attempt(task.file, task.limitSeconds))))

/** Looks at every answer: intermediate ones that do not hold never were, a last one that does not is wrong. @type {(attempt: Attempt) => Measured} */
function judge({ seconds, cpuSeconds, termination, answers, bounds, peakMegabytes, starts, wrong, refused }) {
  const verdict = answers.at(-1)?.judge() ?? { cost: null, migrations: null, activeNodes: null, wrong: null }
  const { cost } = verdict
  /** @type {BenchRun['incumbents']} */
  const incumbents = []
  for (const answer of answers) {
    const found = answer === answers.at(-1) ? verdict : answer.judge()
    // What is cheaper than the last answer was not kept, whatever the reason.
    if (found.cost === null || cost === null || found.cost < cost - 1e-9) continue
    if (found.cost < (incumbents.at(-1)?.cost ?? Infinity))
      incumbents.push({ seconds: answer.seconds, cost: found.cost })
  }
  return {
    seconds,
    cpuSeconds,
    peakMegabytes: peakMegabytes ?? null,
    cost,
    bound: bounds.at(-1)?.bound ?? null,
    migrations: verdict.migrations,
    starts: starts ?? null,
    activeNodes: verdict.activeNodes,
    termination,
    wrong: wrong ?? verdict.wrong,
    refused: refused ?? null,
    incumbents,
    bounds
  }
}
