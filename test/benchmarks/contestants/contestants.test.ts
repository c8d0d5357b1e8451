import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseProblem } from 'replica-compactor'
import { expect, test } from 'vitest'
import type { Contestant } from '../../../benchmarks/contestants/attempt.mjs'
import { contestants, findContestant } from '../../../benchmarks/contestants/contestants.mjs'
import { root } from '../../readme/readme.js'

const file = join(root, 'fixtures/synthetic/synthetic-12-1.problem.json')
const problem = parseProblem(JSON.parse(readFileSync(file, 'utf8')))
/** Proven, by all who prove. */
const optimum = 25.68

const attempt = (contestant: Contestant, limitSeconds = 5) =>
  contestant.run({ problem, file, limitSeconds, gap: 1e-4, seed: 1, threads: 2, isProofOnly: false })

test('names are given once, and nobody is found by another', () => {
  expect(new Set(contestants.map(({ name }) => name)).size).toBe(contestants.length)
  expect(() => findContestant('nobody')).toThrow('replica-compactor · ')
})

test.each(contestants.map((contestant) => [contestant.name, contestant] as const))(
  '%s: what it says of a small cluster holds, or is called wrong',
  async (_, contestant) => {
    if (contestant.absence() !== null) return
    const { answers, bounds, seconds, refused, termination } = await attempt(contestant)
    expect(refused ?? null).toBeNull()
    expect(termination).not.toBe('infeasible')
    expect(seconds).toBeGreaterThan(0)
    for (const answer of answers) {
      const verdict = answer.judge()
      expect(verdict.wrong).toBeNull()
      expect(verdict.cost).toBeGreaterThanOrEqual(optimum - 1e-6)
    }
    for (const { bound } of bounds) expect(bound).toBeLessThanOrEqual(optimum * (1 + 1e-6))
  }
)

test.each(['replica-compactor', 'column generation', 'HiGHS, aggregated, rows', 'HiGHS, assignment'])(
  '%s finds and proves the optimum',
  async (name) => {
    const { answers, bounds } = await attempt(findContestant(name), 20)
    expect(answers.at(-1)?.judge().cost).toBeCloseTo(optimum, 6)
    expect(bounds.at(-1)?.bound).toBeCloseTo(optimum, 2)
  }
)

test('a call that is only to prove ends as soon as it has', async () => {
  const ours = findContestant('replica-compactor')
  const run = await ours.run({ problem, file, limitSeconds: 60, gap: 0.01, seed: 1, threads: 2, isProofOnly: true })
  const cost = run.answers.at(-1)?.judge().cost ?? Number.NaN
  expect(cost - (run.bounds.at(-1)?.bound ?? 0)).toBeLessThanOrEqual(0.01 * cost)
  expect(['interrupted', 'optimal', 'gap-limit']).toContain(run.termination)
})
