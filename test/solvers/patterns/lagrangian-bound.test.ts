import { expect, test } from 'vitest'
import type { PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { seededRandom } from '../../../src/random.js'
import {
  copyWorths,
  isHeld,
  type KindLimits,
  lagrangianBound,
  nodeCost,
  type Prices,
  stayWorths,
  type Worths,
  wideLimits
} from '../../../src/solvers/patterns/lagrangian-bound.js'
import { costOf, linkOf, type Pattern } from '../../../src/solvers/patterns/pattern.js'
import { enumerateContents, worthOf } from './enumerate-contents.js'
import { isWithin, visitSolutions } from './enumerate-solutions.js'
import { randomPatternProblem } from './random-pattern-problem.js'

const draw = (seed: number) => randomPatternProblem(seed, { nodes: 3, deployments: 2, copies: 2 })

function drawPrices(problem: PatternProblem, random: () => number): Prices {
  const price = () => (random() < 0.3 ? 0 : 3 * random())
  return { copy: Float64Array.from(problem.wanted, price), link: Float64Array.from(problem.linkLeast, price) }
}

function drawLimits(problem: PatternProblem, random: () => number): KindLimits {
  const { least, most } = wideLimits(problem)
  for (const [kind, nodes] of problem.available.entries()) {
    least[kind] = random() < 0.5 ? 0 : Math.floor(random() * (nodes + 1))
    most[kind] = (least[kind] as number) + Math.floor(random() * (nodes - (least[kind] as number) + 1))
  }
  return { least, most }
}

/** What the best contents are worth, and by `more` too much. −Infinity where a node can have none. */
function worthsAt(problem: PatternProblem, prices: Prices, more: () => number): Worths {
  const stay = stayWorths(problem, prices)
  const best = (kind: number, group: number) =>
    enumerateContents(problem, kind, group).reduce(
      (most, contents) => Math.max(most, worthOf(problem, contents, { copy: copyWorths(problem, prices, kind), stay })),
      -Infinity
    ) + more()
  return {
    plain: Float64Array.from({ length: problem.kinds }, (_, kind) => best(kind, -1)),
    group: Float64Array.from(problem.groupKind, (kind, group) => best(kind, group))
  }
}

test('at any prices, and any upper bounds on worths, the bound is not above the integer optimum within the limits', () => {
  let solved = 0
  for (let seed = 1; seed <= 400; seed++) {
    const problem = draw(seed)
    const random = seededRandom(seed + 3)
    const trials = Array.from({ length: 4 }, (_, trial) => ({
      prices: drawPrices(problem, random),
      limits: trial === 0 ? wideLimits(problem) : drawLimits(problem, random),
      optimum: Infinity
    }))
    visitSolutions(problem, ({ cost, active }) => {
      for (const trial of trials) if (isWithin(trial.limits, active)) trial.optimum = Math.min(trial.optimum, cost)
    })
    for (const { prices, limits, optimum } of trials) {
      if (optimum === Infinity) continue
      solved++
      for (const excess of [0, 1]) {
        const worths = worthsAt(problem, prices, () => excess * random())
        expect(lagrangianBound(problem, prices, worths, limits), `seed ${seed}`).toBeLessThanOrEqual(optimum + 1e-9)
      }
    }
  }
  expect(solved).toBeGreaterThan(300)
})

/** Of each kind the least that some nodes add, chosen in every way that the limits and held copies leave. */
function leastOfAll(
  problem: PatternProblem,
  adds: (kind: number, group: number) => number,
  limits: KindLimits
): number {
  let sum = 0
  for (const [kind, nodes] of problem.available.entries()) {
    const groups = [...problem.groupKind.keys()].filter((group) => problem.groupKind[group] === kind)
    const each = groups.flatMap((group) =>
      new Array(problem.groupNodes[group] as number).fill({ add: adds(kind, group), held: isHeld(problem, group) })
    ) as { add: number; held: boolean }[]
    while (each.length < nodes) each.push({ add: adds(kind, -1), held: false })
    let least = Infinity
    for (let chosen = 0; chosen < 2 ** each.length; chosen++) {
      const active = each.filter((_, index) => (chosen >> index) % 2 === 1)
      if (each.some(({ held }, index) => held && (chosen >> index) % 2 === 0)) continue
      if (active.length < (limits.least[kind] as number) || active.length > (limits.most[kind] as number)) continue
      least = Math.min(
        least,
        active.reduce((total, { add }) => total + add, 0)
      )
    }
    sum += least
  }
  return sum
}

test('the bound is the Lagrangian function: prices times what is asked for, and of each kind the nodes that add least', () => {
  let count = 0
  for (let seed = 1; seed <= 600; seed++) {
    const problem = randomPatternProblem(seed, { nodes: 8, deployments: 2, copies: 2 })
    const random = seededRandom(seed + 4)
    const prices = drawPrices(problem, random)
    const limits = drawLimits(problem, random)
    const worths: Worths = {
      plain: Float64Array.from({ length: problem.kinds }, () => 4 * random()),
      group: Float64Array.from(problem.groupKind, () => 4 * random())
    }
    const adds = (kind: number, group: number) =>
      nodeCost(problem, prices, kind) - ((group < 0 ? worths.plain[kind] : worths.group[group]) as number)
    const least = leastOfAll(problem, adds, limits)
    // More held nodes than may be active: there is nothing to bound.
    if (least === Infinity) continue
    const asked =
      problem.wanted.reduce((sum, copies, index) => sum + copies * (prices.copy[index] as number), 0) +
      problem.linkLeast.reduce((sum, amount, row) => sum + amount * (prices.link[row] as number), 0)
    expect(lagrangianBound(problem, prices, worths, limits), `seed ${seed}`).toBeCloseTo(
      problem.fixedCost + asked + least,
      9
    )
    count++
  }
  expect(count).toBeGreaterThan(400)
})

test('what a node adds at some prices is its cost less prices times what it supplies and adds to rows', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const problem = draw(seed)
    const random = seededRandom(seed + 5)
    const prices = drawPrices(problem, random)
    const stay = stayWorths(problem, prices)
    for (let kind = 0; kind < problem.kinds; kind++) {
      const copy = copyWorths(problem, prices, kind)
      const groups = [...problem.groupKind.keys()].filter((group) => problem.groupKind[group] === kind)
      for (const contents of [-1, ...groups].flatMap((group) => enumerateContents(problem, kind, group))) {
        const reduced = nodeCost(problem, prices, kind) - worthOf(problem, contents, { copy, stay })
        expect(reduced, `seed ${seed}`).toBeCloseTo(reducedCost(problem, prices, contents), 9)
      }
    }
  }
})

function reducedCost(problem: PatternProblem, { copy, link }: Prices, pattern: Pattern): number {
  const copies = pattern.counts.reduce((sum, count, index) => sum + count * (copy[index] as number), 0)
  return link.reduce(
    (sum, price, row) => sum - price * linkOf(problem, row, pattern),
    costOf(problem, pattern) - copies
  )
}
