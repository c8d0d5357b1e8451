import { expect, test } from 'vitest'
import { type Problem, type ProblemInput, verifyResult } from '../../models/index.js'
import { answer, cluster, move, node } from './answers.js'

/** Node a is overfull: two replicas of 3 cores on 4. */
function overfull(more: Partial<ProblemInput> = {}): Problem {
  return cluster({
    nodes: [node('a', { capacity: { cpu: 4 } }), node('b')],
    deployments: [{ id: 'web', demand: { cpu: 3 } }],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a' },
      { id: 'web-1', deployment: 'web', node: 'a' }
    ],
    ...more
  })
}

const initial = { costPerHour: 1, activeNodes: 1 }
const kept = (problem: Problem, cpu = 3) =>
  answer(problem, {
    placement: [
      { replica: 'web-0', node: 'a' },
      { replica: 'web-1', node: 'a' }
    ],
    steps: [{ id: 'release', action: 'release', node: 'b' }],
    costPerHour: 1,
    activeNodes: 1,
    initial,
    more: { violations: [{ code: 'capacity', where: 'a', amount: 2 * cpu - 4, message: '' }] }
  })
const codesOf = (problem: Problem, result = kept(problem)) => verifyResult(problem, result).map(({ code }) => code)

test('a rule that the start breaks is repaired', () => {
  const problem = overfull()
  const repaired = answer(problem, {
    placement: [
      { replica: 'web-0', node: 'a' },
      { replica: 'web-1', node: 'b' }
    ],
    steps: move('m', 'web-1', 'a', 'b'),
    costPerHour: 2,
    activeNodes: 2,
    migrations: 1,
    initial
  })
  expect(codesOf(problem, repaired)).toEqual([])
  expect(codesOf(problem)).toEqual(['capacity'])
})

test('it may stay broken for lack of budget, or because of pins, and is listed', () => {
  expect(codesOf(overfull({ budget: { maxMigrations: 0 } }))).toEqual([])
  const pinned = overfull({ deployments: [{ id: 'web', demand: { cpu: 3 }, movable: false }] })
  expect(codesOf(pinned)).toEqual([])
  expect(codesOf(pinned, { ...kept(pinned), violations: [] })).toEqual(['claim'])
})

test('no newcomer joins before it is repaired', () => {
  const problem = cluster({
    nodes: [node('a', { capacity: { cpu: 4 } }), node('b')],
    deployments: [
      { id: 'web', demand: { cpu: 3 } },
      { id: 'tiny', demand: { cpu: 1 } }
    ],
    replicas: [...overfull().replicas, { id: 'tiny-0', deployment: 'tiny', node: null }]
  })
  const planned = (after: string[]) =>
    answer(problem, {
      placement: [
        { replica: 'web-0', node: 'a' },
        { replica: 'web-1', node: 'b' },
        { replica: 'tiny-0', node: 'a' }
      ],
      steps: [...move('m', 'web-1', 'a', 'b'), { id: 's', action: 'start', replica: 'tiny-0', node: 'a', after }],
      costPerHour: 2,
      activeNodes: 2,
      migrations: 1,
      initial
    })
  expect(codesOf(problem, planned(['m-stop']))).toEqual([])
  expect(codesOf(problem, planned(['m-shift']))).toEqual(['capacity'])
})

test('nor another device of a node with an overfull one', () => {
  const problem = cluster({
    nodes: [node('a', { capacity: { gpu: 2 } }), node('b', { capacity: { gpu: 1 } })],
    deployments: [
      { id: 'web', demand: { gpu: 0.6 } },
      { id: 'tiny', demand: { gpu: 0.5 } }
    ],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a', devices: { gpu: [0] } },
      { id: 'web-1', deployment: 'web', node: 'a', devices: { gpu: [0] } },
      { id: 'tiny-0', deployment: 'tiny', node: null }
    ]
  })
  const planned = (after: string[]) =>
    answer(problem, {
      placement: [
        { replica: 'web-0', node: 'a', devices: { gpu: [0] } },
        { replica: 'web-1', node: 'b', devices: { gpu: [0] } },
        { replica: 'tiny-0', node: 'a', devices: { gpu: [1] } }
      ],
      steps: [
        ...move('m', 'web-1', 'a', 'b', [], { devices: { gpu: [0] } }),
        { id: 's', action: 'start', replica: 'tiny-0', node: 'a', devices: { gpu: [1] }, after }
      ],
      costPerHour: 2,
      activeNodes: 2,
      migrations: 1,
      initial
    })
  expect(codesOf(problem, planned(['m-stop']))).toEqual([])
  expect(codesOf(problem, planned(['m-shift']))).toEqual(['devices'])
})
