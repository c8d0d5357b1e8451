import { expect, test } from 'vitest'
import { parseProblem } from '../../../models/contract/parse.js'
import type { ProblemInput } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { listParts } from '../../../src/result/conflict/problem-parts.js'
import { why } from '../../../src/review/index.js'
import { describeEdits, makeEdits } from '../../../src/review/why/edits.js'
import { findOptimum } from '../../brute-force/enumerate-placements.js'
import { node } from '../../compact/planned.js'
import { withEdits } from './smaller-step.js'

async function whyInfeasible(problem: ProblemInput) {
  const answer = await why(problem, undefined, { workLimit: 30_000, threads: 1 })
  if (answer.kind !== 'why-infeasible') throw new Error(answer.kind)
  return answer
}

test('where nothing runs and more is wanted than fits, each way out is priced', async () => {
  const { conflicts, changes } = await whyInfeasible({
    schemaVersion: 1,
    nodes: [node('a', { capacity: { cpu: 3 } })],
    deployments: [{ id: 'x', demand: { cpu: 1 }, replicas: 5 }],
    replicas: []
  })
  expect(conflicts[0]?.parts).toMatchObject([{ path: 'deployments[0].replicas', needed: true }])
  const reached = changes.map(({ kind, edits }) => [kind, edits[0]?.path, edits[0]?.to])
  expect(reached).toContainEqual(['capacity', 'nodes[0].capacity.cpu', 5])
  expect(reached).toContainEqual(['replicas', 'deployments[0].replicas', 3])
  expect(changes.map(({ kind }) => kind)).toContain('new-node')
})

test('a single replica that has no place is not proposed away: that leaves no problem', async () => {
  const { changes, refuted, undecided, untried } = await whyInfeasible({
    schemaVersion: 1,
    nodes: [node('a')],
    deployments: [{ id: 'x', demand: { cpu: 5 }, replicas: 1 }],
    replicas: []
  })
  expect(changes.map(({ kind }) => kind)).toContain('capacity')
  const tried = [...changes, ...refuted, ...undecided, ...untried]
  expect(tried.filter(({ kind }) => kind === 'replicas')).toEqual([])
})

/** Two conflicts whose rules stand between one another: those of w and v at 1 and 3, those of x and y at 0 and 2. */
const interleaved: ProblemInput = {
  schemaVersion: 1,
  nodes: ['a', 'b'].map((id) => node(id, { labels: { zone: id } })),
  deployments: ['x', 'y', 'w', 'v'].map((id) => ({ id, demand: { cpu: 1 }, replicas: 1 })),
  replicas: [],
  rules: [
    { kind: 'affinity', deployments: ['x', 'y'], topologyKey: 'zone' },
    { kind: 'affinity', deployments: ['w', 'v'], topologyKey: 'zone' },
    { kind: 'conflict', between: [['x'], ['y']], topologyKey: 'zone' },
    { kind: 'conflict', between: [['w'], ['v']], topologyKey: 'zone' }
  ]
}

test('every conflict names parts of the problem as it is, and what is combined gives an answer, by enumeration', async () => {
  const problem = parseProblem(interleaved)
  const { conflicts, combined } = await whyInfeasible(interleaved)
  const rulesOf = conflicts.map(({ parts }) => parts.map(({ path }) => path).filter((path) => path.startsWith('rules')))
  expect(rulesOf.sort()).toEqual([
    ['rules[0]', 'rules[2]'],
    ['rules[1]', 'rules[3]']
  ])
  const known = new Map(listParts(compileInstance(problem)).map(({ path, message }) => [path, message]))
  for (const { path } of conflicts.flatMap(({ parts }) => parts)) expect(known.has(path), path).toBe(true)
  for (const { parts } of conflicts)
    for (const { path, message } of parts)
      if (path.startsWith('deployments')) expect(message, path).toBe(known.get(path))
  expect(combined.length).toBeGreaterThan(0)
  for (const { edits, words } of combined) {
    const best = findOptimum(parseProblem(withEdits(problem, edits)))
    expect(best, words).not.toBeNull()
    expect(best?.broken, words).toBe(0)
  }
})

test('entries are taken out of a list by their places before any is', () => {
  const problem = parseProblem(interleaved)
  const edits = [0, 2].map((index) => ({ path: ['rules', index], to: undefined }))
  const left = [problem.rules[1], problem.rules[3]]
  expect(makeEdits(problem, edits).rules).toEqual(left)
  expect(makeEdits(problem, [...edits].reverse()).rules).toEqual(left)
  expect(describeEdits(problem, edits).map(({ from }) => from)).toEqual([problem.rules[0], problem.rules[2]])
})
