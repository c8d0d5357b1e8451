import { expect, test } from 'vitest'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { seededRandom } from '../../../src/random.js'
import { keyOf } from '../../../src/solvers/patterns/pattern.js'
import { type KindPrices, KindPricing } from '../../../src/solvers/patterns/pricing.js'
import { shareBins } from '../../../src/solvers/patterns/share-packing.js'
import { enumerateContents, worthOf } from './enumerate-contents.js'
import { randomPatternProblem } from './random-pattern-problem.js'

/** What the engine lets sums exceed limits by, and rounding. */
const OVER = 1.5e-9
const NEAR = 1e-7

function drawPrices(problem: PatternProblem, kind: number, random: () => number): KindPrices {
  const isRound = random() < 0.5
  const draw = () => (isRound ? Math.floor(random() * 5) - 1 : 4 * random() - 0.5)
  return {
    copy: Float64Array.from({ length: problem.deployments }, draw),
    stay: Float64Array.from(problem.residentReward, () => 2 * random()),
    most: problem.most.slice(kind * problem.deployments, (kind + 1) * problem.deployments),
    room: Float64Array.from({ length: problem.dimensions }, () => (random() < 0.3 ? 0 : random()))
  }
}

/** Prices nodes of each kind and group at random profits, and shows the outcome beside all contents that there are. */
function eachPricing(
  seeds: number,
  searchSteps: number,
  look: (pricing: {
    readonly where: string
    readonly problem: PatternProblem
    readonly profits: KindPrices
    readonly threshold: number
    readonly priced: ReturnType<KindPricing['price']>
    /** The most that legal contents are worth, and those that exceed limits by rounding; −Infinity when there are none. */
    readonly optimum: number
    readonly relaxed: number
    readonly allowed: ReadonlySet<string>
  }) => void
): void {
  const memory = { cells: new Float64Array(0) }
  for (let seed = 1; seed <= seeds; seed++) {
    const problem = randomPatternProblem(seed, { nodes: 4, deployments: 4, copies: 5 })
    const random = seededRandom(seed + 1)
    for (let kind = 0; kind < problem.kinds; kind++) {
      const pricing = new KindPricing(problem, kind, shareBins(problem), () => false)
      const profits = drawPrices(problem, kind, random)
      const effort = { steps: searchSteps, cells: seed % 3 === 0 ? 24 : 1024 }
      pricing.prepare(profits, memory, effort)
      const groups = [...problem.groupKind.keys()].filter((group) => problem.groupKind[group] === kind)
      for (const group of [-1, ...groups]) {
        const best = (over: number) =>
          enumerateContents(problem, kind, group, over).reduce(
            (most, contents) => Math.max(most, worthOf(problem, contents, profits)),
            -Infinity
          )
        const [optimum, relaxed] = [best(0), best(OVER)]
        const threshold = Number.isFinite(optimum) ? optimum * (1.6 * random()) - 0.2 : 1
        const priced = pricing.price(group, threshold, effort)
        const allowed = new Set(enumerateContents(problem, kind, group, OVER).map(keyOf))
        const where = `seed ${seed}, kind ${kind}, group ${group}`
        look({ where, problem, profits, threshold, priced, optimum, relaxed, allowed })
      }
    }
  }
}

test('with enough steps the bound is what the best contents are worth, and they are found', () => {
  const seen = { found: 0, none: 0 }
  eachPricing(300, 1_000_000, ({ where, problem, profits, threshold, priced, optimum, relaxed, allowed }) => {
    expect(priced.bound, where).toBeGreaterThanOrEqual(Math.max(threshold, optimum) - NEAR)
    expect(priced.bound, where).toBeLessThanOrEqual(Math.max(threshold, relaxed) + NEAR)
    const worths = priced.patterns.map((pattern) => worthOf(problem, pattern, profits))
    for (const [index, pattern] of priced.patterns.entries()) {
      expect(allowed.has(keyOf(pattern)), `${where}: ${keyOf(pattern)}`).toBe(true)
      expect(worths[index], where).toBeGreaterThan(index === 0 ? threshold : (worths[index - 1] as number))
    }
    if (optimum > threshold + NEAR) {
      expect(worths.at(-1), where).toBeGreaterThanOrEqual(optimum - NEAR)
      seen.found++
    } else if (relaxed < threshold) {
      expect(worths, where).toEqual([])
      seen.none++
    }
  })
  expect(seen.found).toBeGreaterThan(100)
  expect(seen.none).toBeGreaterThan(100)
})

test.each([0, 1, 2, 4, 9])(
  'a search of %i steps has an upper bound, and no contents that do not fit',
  (searchSteps) => {
    let above = 0
    eachPricing(150, searchSteps, ({ where, threshold, priced, optimum, relaxed, allowed }) => {
      expect(priced.bound, where).toBeGreaterThanOrEqual(Math.max(threshold, optimum) - NEAR)
      for (const pattern of priced.patterns) expect(allowed.has(keyOf(pattern)), where).toBe(true)
      if (priced.bound > Math.max(threshold, relaxed) + NEAR) above++
    })
    if (searchSteps < 4) expect(above).toBeGreaterThan(0)
  }
)
