import type { Highs } from 'highs'
import { beforeAll, expect, test } from 'vitest'
import { parseProblem } from '../../../models/contract/parse.js'
import { formulatePatterns, type PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { seededRandom } from '../../../src/random.js'
import { loadHighs } from '../../../src/solvers/highs/runtime.js'
import { Effort } from '../../../src/solvers/patterns/effort.js'
import { copyWorths, nodeCost, type Prices, stayWorths } from '../../../src/solvers/patterns/lagrangian-bound.js'
import type { MasterSolution } from '../../../src/solvers/patterns/master.js'
import { keyOf } from '../../../src/solvers/patterns/pattern.js'
import { PatternPricing } from '../../../src/solvers/patterns/pattern-pricing.js'
import { PricingBoard } from '../../../src/solvers/patterns/pricing-board.js'
import { createSolverPool } from '../../../src/workers/pool.js'
import { readFixture } from '../../compact/planned.js'
import { enumerateContents, worthOf } from './enumerate-contents.js'
import { randomPatternProblem } from './random-pattern-problem.js'

let highs: Highs
beforeAll(async () => {
  highs = await loadHighs()
})

function drawPrices({ deployments, linkLeast }: PatternProblem, random: () => number): Prices {
  const draw = () => Math.max(0, 4 * random() - 0.5)
  return {
    copy: Float64Array.from({ length: deployments }, draw),
    link: Float64Array.from(linkLeast, () => Math.max(0, random() - 0.5))
  }
}

/** A master that would gain by whatever is worth more than it costs. */
function withoutRents(problem: PatternProblem, prices: Prices): MasterSolution {
  return {
    objective: 0,
    nodes: new Float64Array(0),
    prices,
    kindRent: new Float64Array(problem.kinds),
    groupRent: new Float64Array(problem.groupKind.length),
    missing: 0
  }
}

test.each([0, 1, 2])('no contents of any kind or group are worth more than it says, with efforts up to %i', (level) => {
  const seen = { improving: 0, tight: 0, slots: 0 }
  for (let seed = 1; seed <= 150; seed++) {
    const problem = randomPatternProblem(seed, { nodes: 4, deployments: 4, copies: 5 })
    const prices = drawPrices(problem, seededRandom(seed + 7))
    const pricing = new PatternPricing(highs, problem, new Effort(() => false))
    const { priced, worths } = pricing.price(problem, prices, withoutRents(problem, prices), level)
    pricing.dispose()
    if (worths === null) throw new Error(`seed ${seed}: was cut short`)
    const found = new Set(priced.flatMap(({ patterns }) => patterns.map(keyOf)))
    for (let kind = 0; kind < problem.kinds; kind++) {
      const groups = [...problem.groupKind.keys()].filter(
        (group) => problem.groupKind[group] === kind && (problem.groupNodes[group] as number) > 0
      )
      const worthAt = {
        copy: copyWorths(problem, prices, kind),
        stay: stayWorths(problem, prices)
      }
      const cost = nodeCost(problem, prices, kind)
      for (const group of [-1, ...groups]) {
        const all = enumerateContents(problem, kind, group, 0)
        const most = all.reduce((best, contents) => Math.max(best, worthOf(problem, contents, worthAt)), -Infinity)
        const bound = (group < 0 ? worths.plain[kind] : worths.group[group]) as number
        expect(bound, `seed ${seed}, kind ${kind}, group ${group}`).toBeGreaterThanOrEqual(most - 1e-7)
        seen.slots++
        if (bound <= Math.max(most, cost) + 1e-6) seen.tight++
        if (most <= cost + 1e-6) continue
        seen.improving++
        const isFound = all.some((contents) => worthOf(problem, contents, worthAt) > cost && found.has(keyOf(contents)))
        expect(isFound, `seed ${seed}, kind ${kind}, group ${group}: nothing of ${most} found`).toBe(true)
      }
    }
  }
  expect(seen.improving).toBeGreaterThan(100)
  expect(seen.tight).toBeGreaterThan(0.9 * seen.slots)
})

test('another thread takes a share of the tasks, and nothing else changes', async () => {
  const problem = formulatePatterns(compileInstance(parseProblem(readFixture('dense/dense-25-1'))), true)
  await using pool = createSolverPool({ size: 2 })
  const search = async (isHelped: boolean) => {
    const board = PricingBoard.sharedBuffer(problem) as SharedArrayBuffer
    const stop = new AbortController()
    const helped = isHelped ? pool.call('pricing', { problem, buffer: board }, { signal: stop.signal }) : null
    const solutions: number[] = []
    const limits = { relativeGap: 0, cutoff: Infinity, workLimit: 300, timeLimitMs: Infinity }
    const onProgress = (progress: object) => {
      if ('solution' in progress) solutions.push((progress.solution as { cost: number }).cost)
    }
    const searched = await pool.call(
      'patterns',
      { problem, options: { seed: 1, start: [], board, ...limits } },
      { onProgress }
    )
    stop.abort()
    return { solutions, bound: searched?.bound, work: searched?.work, tasks: (await helped)?.tasks ?? 0 }
  }
  const { tasks: none, ...alone } = await search(false)
  const { tasks, ...helped } = await search(true)
  expect(helped).toEqual(alone)
  expect(alone.solutions.length).toBeGreaterThan(0)
  expect(none).toBe(0)
  expect(tasks).toBeGreaterThan(0)
})

test('whoever dies with a task is not waited for', () => {
  const problem = formulatePatterns(compileInstance(parseProblem(readFixture('dense/dense-25-1'))), true)
  const prices = drawPrices(problem, seededRandom(1))
  const solution = withoutRents(problem, prices)
  const buffer = PricingBoard.sharedBuffer(problem) as SharedArrayBuffer
  const alone = new PatternPricing(highs, problem, new Effort(() => false))
  const expected = alone.price(problem, prices, solution, 2)
  let isTaken = false
  const thief = new PricingBoard(problem, buffer).queue
  const stopped = () => {
    // From within the first task somebody else takes the next, and is never heard of again.
    if (!isTaken && thief.tasks > 1) isTaken = thief.take() >= 0
    return false
  }
  const robbed = new PatternPricing(highs, problem, new Effort(stopped), buffer)
  expect(robbed.price(problem, prices, solution, 2)).toEqual(expected)
  expect(isTaken).toBe(true)
  expect(robbed.price(problem, prices, solution, 2)).toEqual(expected)
  alone.dispose()
  robbed.dispose()
})
