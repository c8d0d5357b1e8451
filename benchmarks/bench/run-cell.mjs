/**
 * A process of its own: one contestant on one instance, once. Its argument is one JSON text, what it prints is another. It solves a
 * small instance first, so that nobody pays for loading code within the time that counts.
 */
import { readFileSync } from 'node:fs'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseProblem } from 'replica-compactor'
import { announceClocks } from '../contestants/clock.mjs'
import { findContestant } from '../contestants/contestants.mjs'
import { nothing } from '../contestants/judge.mjs'

/** @import { Problem } from 'replica-compactor' */
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

/** What a contestant may take beyond its limit, as for those who judge the record: a second, or a twentieth. @type {(limitSeconds: number) => number} */
const graceOf = (limitSeconds) => Math.max(1, limitSeconds / 20)

/** @type {CellTask} */
const { contestant: name, ...task } = JSON.parse(argv[2] ?? '')
const contestant = findContestant(name)
const isOurs = contestant.kind === 'engine' || contestant.kind === 'part'
/** @type {(file: string) => Problem} */
const read = (file) => parseProblem(JSON.parse(readFileSync(file, 'utf8')))
/** @type {(problem: Problem, limitSeconds: number) => Promise<Attempt>} */
const attempt = (problem, limitSeconds) => contestant.run({ ...task, problem, limitSeconds })

announceClocks()
await attempt(read(smallInstance), WARM_UP_SECONDS)
const problem = read(task.file)
const first = await attempt(problem, task.limitSeconds)
console.log(JSON.stringify(judge(await repeatInTime(first))))

/**
 * Some solvers count their limit only from when they have read and presolved: who ends too late with an answer tries again, with as much
 * less.
 *
 * @type {(late: Attempt) => Promise<Attempt>}
 */
async function repeatInTime(late) {
  const overrun = late.seconds - task.limitSeconds
  if (late.answers.length === 0 || overrun <= graceOf(task.limitSeconds) || overrun >= task.limitSeconds) return late
  return attempt(problem, task.limitSeconds - overrun)
}

/** Looks at every answer: the last one counts, and those before it where they hold. @type {(attempt: Attempt) => Measured} */
function judge({ seconds, cpuSeconds, termination, answers, bounds, peakMegabytes, starts, refused }) {
  const verdict = answers.at(-1)?.judge() ?? nothing
  const { cost } = verdict
  /** @type {BenchRun['incumbents']} */
  const incumbents = []
  let { wrong } = verdict
  for (const answer of answers) {
    const isLast = answer === answers.at(-1)
    const found = isLast ? verdict : answer.judge()
    // What we say on the way must hold, too; of solvers only the last word is theirs.
    if (found.wrong !== null && isOurs) wrong ??= `on the way: ${found.wrong}`
    // What is cheaper than the last answer was not kept, whatever the reason; and to do nothing is nobody's find.
    if (found.cost === null || cost === null || found.cost < cost - 1e-9 || (!isLast && found.migrations === 0))
      continue
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
    wrong,
    refused: refused ?? null,
    incumbents,
    bounds
  }
}
