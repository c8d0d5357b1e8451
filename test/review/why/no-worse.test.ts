import { expect, test } from 'vitest'
import { parseProblem } from '../../../models/contract/parse.js'
import { compact, type ProblemInput } from '../../../src/index.js'
import { why } from '../../../src/review/index.js'
import { isNoWorse } from '../../../src/review/why/no-worse.js'
import { node } from '../../compact/planned.js'

/** On `a` there is room for the important replica alone, or for the one that runs and a lesser one. */
const wanted: ProblemInput = {
  schemaVersion: 1,
  nodes: [node('a', { costPerHour: 5 }), node('b', { capacity: { cpu: 3 }, costPerHour: 5 })],
  deployments: [
    { id: 'high', demand: { cpu: 4 }, priority: 10, replicas: 1 },
    { id: 'low', demand: { cpu: 3 }, priority: 0, replicas: 1 },
    { id: 'lower', demand: { cpu: 3 }, priority: 0, replicas: 1 },
    { id: 'q', demand: { cpu: 1 } }
  ],
  replicas: [{ id: 'q-0', deployment: 'q', node: 'b' }],
  pending: 'best-effort'
}

test('no node is freed by leaving out a replica of higher priority for one of lower', async () => {
  const result = await compact(wanted, { timeLimitMs: 2000, threads: 1 })
  expect(result.unplaced.map(({ deployment }) => deployment).sort()).toEqual(['low', 'lower'])
  for (const id of ['a', 'b']) {
    await why(wanted, result, {
      node: id,
      workLimit: 4000,
      threads: 1,
      onPlacement: ({ placement }) =>
        expect((placement.unplaced ?? []).map(({ deployment }) => deployment)).not.toContain('high')
    })
  }
  const answer = await why(wanted, result, { node: 'b', workLimit: 4000, threads: 1 })
  expect(answer).toMatchObject({ kind: 'why-node', unchanged: { verdict: 'impossible' } })
})

const problem = parseProblem({
  ...wanted,
  rules: [
    { kind: 'at-least', deployments: ['low'], count: 1, nodeSelector: {} },
    { kind: 'at-least', deployments: ['lower'], count: 1, nodeSelector: {} }
  ]
})
const broken = (where: string, amount: number) => ({
  violations: [{ code: 'at-least', where, amount, message: '' }],
  unplaced: []
})
const without = (...deployments: string[]) => ({
  violations: [],
  unplaced: deployments.map((deployment, index) => ({ replica: `${index}`, deployment }))
})

test('amounts of different rules are not weighed against one another', () => {
  expect(isNoWorse(problem, broken('rules[0]', 1), broken('rules[0]', 2))).toBe(true)
  expect(isNoWorse(problem, broken('rules[0]', 2), broken('rules[0]', 1))).toBe(false)
  expect(isNoWorse(problem, broken('rules[1]', 1), broken('rules[0]', 2))).toBe(false)
})

test('a rule that was taken out moves those behind it', () => {
  const changed = { ...problem, rules: problem.rules.slice(1) }
  expect(isNoWorse(changed, broken('rules[0]', 1), broken('rules[1]', 1), problem.rules)).toBe(true)
  expect(isNoWorse(changed, broken('rules[0]', 1), broken('rules[0]', 1), problem.rules)).toBe(false)
})

test('of what has no place, the highest priority decides', () => {
  expect(isNoWorse(problem, without('low', 'lower'), without('high'))).toBe(true)
  expect(isNoWorse(problem, without('high'), without('low', 'lower'))).toBe(false)
  expect(isNoWorse(problem, without('lower'), without('low'))).toBe(true)
  expect(isNoWorse(problem, without('lower', 'low'), without('low'))).toBe(false)
})
