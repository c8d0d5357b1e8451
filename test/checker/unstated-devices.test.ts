import { expect, test } from 'vitest'
import { verifyResult } from '../../models/index.js'
import { answer, cluster, node } from './answers.js'

/** Two draining copies of one and a half devices of four, nobody knows which; newcomers take whole devices. */
const problem = cluster({
  nodes: [node('a', { capacity: { gpu: 4 } })],
  deployments: [
    { id: 'old', replicas: 0, demand: { gpu: 1 } },
    { id: 'half', replicas: 0, demand: { gpu: 0.5 } },
    { id: 'new', replicas: 3, demand: { gpu: 1 } }
  ],
  replicas: [
    { id: 'old-0', deployment: 'old', node: 'a', state: 'draining' },
    { id: 'half-0', deployment: 'half', node: 'a', state: 'draining' }
  ]
})

function codesWith(after: [string[], string[], string[]]): string[] {
  const newcomers = [0, 1, 2].map((index) => ({
    replica: `new-new-${index}`,
    deployment: 'new',
    node: 'a',
    devices: { gpu: [index] }
  }))
  const result = answer(problem, {
    placement: newcomers,
    steps: [
      { id: 'old', action: 'stop', replica: 'old-0', node: 'a' },
      { id: 'half', action: 'stop', replica: 'half-0', node: 'a' },
      ...newcomers.map((copy, index) => ({
        id: `s${index}`,
        action: 'start' as const,
        ...copy,
        after: [...(after[index] ?? []), ...(index > 1 ? ['s0', 's1'] : [])]
      }))
    ],
    costPerHour: 1,
    activeNodes: 1,
    initial: { costPerHour: 1, activeNodes: 1 }
  })
  return verifyResult(problem, result).map(({ code }) => code)
}

test('newcomers go where some assignment of the unknown devices leaves room in every order', () => {
  expect(codesWith([[], [], ['old']])).toEqual([])
  expect(codesWith([[], [], ['half']])).toEqual([])
  expect(codesWith([[], ['old'], ['half', 'old']])).toEqual([])
})

test('and nowhere else', () => {
  expect(codesWith([[], [], []])).toContain('devices')
})
