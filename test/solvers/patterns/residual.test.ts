import { expect, test } from 'vitest'
import { seededRandom } from '../../../src/random.js'
import { wideLimits } from '../../../src/solvers/patterns/lagrangian-bound.js'
import { costOf, linkOf, type Pattern } from '../../../src/solvers/patterns/pattern.js'
import { takeOut, truncate } from '../../../src/solvers/patterns/residual.js'
import { enumerateContents } from './enumerate-contents.js'
import { visitSolutions, type WholeSolution } from './enumerate-solutions.js'
import { randomPatternProblem } from './random-pattern-problem.js'

/** Some solutions of a random problem. */
function drawSolutions(seed: number) {
  const problem = randomPatternProblem(seed, { nodes: 3, deployments: 2, copies: 3 })
  const random = seededRandom(seed + 6)
  const solutions: WholeSolution[] = []
  visitSolutions(problem, (solution) => {
    if (solutions.length < 20 || random() < 0.01) solutions.push(solution)
  })
  return { problem, random, solutions: solutions.slice(-25) }
}

test('what is left of a solution when a part is taken out solves what is left of the problem, at the same cost in all', () => {
  let count = 0
  for (let seed = 1; seed <= 200; seed++) {
    const { problem, random, solutions } = drawSolutions(seed)
    for (const { cost, patterns } of solutions) {
      const isOut = patterns.map(() => random() < 0.5)
      const out = patterns.filter((_, index) => isOut[index])
      const rest = patterns.filter((_, index) => !isOut[index])
      const whole = { problem, limits: wideLimits(problem) }
      const { problem: left, limits } = takeOut(
        whole,
        out.map((pattern) => ({ pattern, nodes: 1 }))
      )
      const sum = (of: (pattern: Pattern) => number) => rest.reduce((total, pattern) => total + of(pattern), 0)
      expect(left.fixedCost + sum((pattern) => costOf(left, pattern)), `seed ${seed}`).toBeCloseTo(cost, 9)
      for (const [row, least] of left.linkLeast.entries()) {
        expect(
          sum((pattern) => linkOf(left, row, pattern)),
          `seed ${seed}`
        ).toBeGreaterThanOrEqual(least - 1e-9)
      }
      for (const [kind, nodes] of left.available.entries()) {
        expect(nodes).toBe((problem.available[kind] as number) - out.filter((pattern) => pattern.kind === kind).length)
        expect(limits.most[kind]).toBe(nodes)
        expect(sum((pattern) => Number(pattern.kind === kind))).toBeLessThanOrEqual(nodes)
      }
      for (const [group, nodes] of left.groupNodes.entries()) {
        expect(sum((pattern) => Number(pattern.group === group))).toBeLessThanOrEqual(nodes)
      }
      for (const [item, copies] of left.wanted.entries()) {
        const supplied = patterns.map(({ counts }) => counts[item] as number)
        const before = supplied.reduce((total, here, index) => total + (isOut[index] ? here : 0), 0)
        expect(copies, `seed ${seed}`).toBe(Math.max(0, (problem.wanted[item] as number) - before))
        // What a pattern is cut down to still supplies what it can of what is wanted.
        const cut = rest.reduce((total, pattern) => {
          const kept = truncate(pattern, left)?.counts[item] ?? 0
          return total + (truncate(pattern, left) === null ? (pattern.counts[item] as number) : kept)
        }, 0)
        expect(cut, `seed ${seed}`).toBeGreaterThanOrEqual(copies)
      }
      count++
    }
  }
  expect(count).toBeGreaterThan(500)
})

test('limits on active nodes shrink by what is taken out', () => {
  const problem = randomPatternProblem(7, { nodes: 4, deployments: 2, copies: 2 })
  const least = problem.available.map((nodes) => Math.min(1, nodes))
  const pattern = { kind: 0, group: -1, counts: new Int32Array(problem.deployments), stays: new Int32Array(0) }
  const left = takeOut({ problem, limits: { least, most: problem.available } }, [{ pattern, nodes: 1 }])
  expect(left.limits.least[0]).toBe(0)
  expect(left.limits.most[0]).toBe((problem.available[0] as number) - 1)
  expect(takeOut(left, [{ pattern, nodes: 0 }])).toEqual(left)
})

test('a truncated pattern is contents of what is left, and the same where nothing is too much', () => {
  let [shorter, gone] = [0, 0]
  for (let seed = 1; seed <= 200; seed++) {
    const { problem, random } = drawSolutions(seed)
    const wanted = problem.wanted.map((copies) => Math.floor(random() * (copies + 1)))
    const most = problem.most.map((copies, at) => Math.min(copies, wanted[at % problem.deployments] as number))
    const left = { ...problem, wanted, most }
    for (let kind = 0; kind < problem.kinds; kind++) {
      const groups = [...problem.groupKind.keys()].filter((group) => problem.groupKind[group] === kind)
      for (const pattern of [-1, ...groups].flatMap((group) => enumerateContents(problem, kind, group))) {
        const cut = truncate(pattern, left)
        if (cut === null) {
          gone++
          continue
        }
        const where = `seed ${seed}`
        const first = pattern.group < 0 ? 0 : (problem.residentStart[pattern.group] as number)
        expect(cut.counts.every((copies, item) => copies <= (pattern.counts[item] as number))).toBe(true)
        expect(cut.counts.every((copies, item) => copies <= (wanted[item] as number))).toBe(true)
        const staying = new Int32Array(problem.deployments)
        for (const [index, copies] of cut.stays.entries()) {
          expect(copies, where).toBeGreaterThanOrEqual(problem.residentHeld[first + index] as number)
          expect(copies, where).toBeLessThanOrEqual(pattern.stays[index] as number)
          const item = problem.residentDeployment[first + index] as number
          staying[item] = (staying[item] as number) + copies
        }
        expect(
          staying.every((copies, item) => copies <= (cut.counts[item] as number)),
          where
        ).toBe(true)
        if (pattern.counts.every((copies, item) => copies <= (wanted[item] as number)))
          expect(cut, where).toEqual(pattern)
        else shorter++
      }
    }
  }
  expect(shorter).toBeGreaterThan(200)
  expect(gone).toBeGreaterThan(50)
})
