import { expect, test } from 'vitest'
import { readCluster } from '../../benchmarks/sequencing/cluster.mjs'
import { judgeWalk, type Verdict } from '../../benchmarks/sequencing/judge.mjs'
import { walkCase } from '../../benchmarks/sequencing/random-walk.mjs'
import { parseProblem } from '../../models/contract/parse.js'
import { violationsOfLegs } from './plan-of-legs.js'
import { sequenceChecked } from './sequence-checked.js'

const CASES = 500

test('of a plan that exists the whole is reached, safely and with no more migrations', async () => {
  const found: Record<Verdict['verdict'], number[]> = { kept: [], denied: [], unsafe: [], thrown: [] }
  for (let seed = 1; seed <= CASES; seed++) {
    const { verdict } = await judgeWalk(walkCase(seed, parseProblem), sequenceChecked, parseProblem)
    found[verdict].push(seed)
  }
  expect(found.thrown).toEqual([])
  expect(found.unsafe).toEqual([])
  expect(found.denied).toEqual([])
})

test('the plans do exist: the independent checker accepts them', () => {
  for (let seed = 1; seed <= CASES; seed++) {
    const { problem, placement, legs } = walkCase(seed, parseProblem)
    const cluster = readCluster(parseProblem(problem), placement)
    expect({ seed, violations: violationsOfLegs(problem, cluster, legs) }).toEqual({ seed, violations: [] })
  }
})
