import { expect, test } from 'vitest'
import { brokenRules, type Problem, type ProblemInput, stayIsLegal, type ViolationCode } from '../../models/index.js'
import { cluster, node } from './answers.js'

/** Three replicas of a and one of b, on n1 and n2 in zone z1 and on n3 in none. */
function fleet(more: Partial<ProblemInput>): Problem {
  return cluster({
    nodes: [
      node('n1', { labels: { zone: 'z1' } }),
      node('n2', { labels: { zone: 'z1' } }),
      node('n3', { capacity: { cpu: 8, gpu: 2 } })
    ],
    deployments: [
      { id: 'a', demand: { cpu: 3 } },
      { id: 'b', demand: { cpu: 1 } },
      { id: 'g', demand: { gpu: 0.6 } }
    ],
    replicas: [{ id: 'a-0', deployment: 'a', node: 'n1' }],
    ...more
  })
}

const on = (...places: string[]) =>
  places.map((place) => {
    const [deployment = '', where = ''] = place.split('@')
    return { deployment, node: where }
  })

const cases: [ViolationCode, number, Partial<ProblemInput>, string[]][] = [
  ['capacity', 1, {}, ['a@n1', 'a@n1', 'a@n1']],
  ['devices', 1, {}, ['g@n3', 'g@n3', 'g@n3']],
  ['max-replicas-per-node', 1, { deployments: [{ id: 'a', demand: {}, maxReplicasPerNode: 1 }] }, ['a@n1', 'a@n1']],
  [
    'anti-affinity',
    1,
    { rules: [{ kind: 'anti-affinity', deployments: ['a', 'b'], topologyKey: 'zone', max: 2 }] },
    ['a@n1', 'a@n2', 'b@n1', 'b@n3']
  ],
  ['conflict', 1, { rules: [{ kind: 'conflict', between: [['a'], ['b']], topologyKey: 'zone' }] }, ['a@n1', 'b@n2']],
  ['affinity', 1, { rules: [{ kind: 'affinity', deployments: ['a', 'b'] }] }, ['a@n1', 'b@n2']],
  ['affinity', 1, { rules: [{ kind: 'affinity', deployments: ['a'], topologyKey: 'zone' }] }, ['a@n3']],
  ['spread', 1, { rules: [{ kind: 'spread', deployments: ['a'], topologyKey: 'zone' }] }, ['a@n3']],
  ['spread', 1, { rules: [{ kind: 'spread', deployments: ['a'], minDomains: 3 }] }, ['a@n1', 'a@n1']],
  ['spread', 1, { rules: [{ kind: 'spread', deployments: ['a'], maxSkew: 1 }] }, ['a@n1', 'a@n1', 'a@n2']],
  [
    'at-least',
    2,
    { rules: [{ kind: 'at-least', deployments: ['a'], count: 3, nodeSelector: { zone: ['z0', 'z1'] } }] },
    ['a@n1', 'a@n3']
  ],
  ['must-empty', 1, { nodes: [node('n1', { capacity: { cpu: 8, gpu: 2 }, mustEmpty: true })] }, ['a@n1']]
]

test.each(cases)('%s is broken by %d', (code, amount, more, places) => {
  const found = brokenRules(fleet(more), on(...places))
  expect(found.map((violation) => violation.code)).toEqual([code])
  expect(found[0]?.amount).toBeCloseTo(amount, 9)
})

test('amounts count what is stated: two copies on one device', () => {
  const copies = on('g@n3', 'g@n3')
  expect(brokenRules(fleet({}), copies)).toEqual([])
  const stated = copies.map((copy) => ({ ...copy, devices: { gpu: [1] } }))
  expect(brokenRules(fleet({}), stated)[0]).toMatchObject({ code: 'devices', where: 'n3', amount: expect.closeTo(0.2) })
})

test('headroom counts for capacity and not for spread', () => {
  const problem = fleet({ rules: [{ kind: 'spread', deployments: ['a'], maxSkew: 1 }] })
  expect(brokenRules(problem, on('a@n1'), { headroom: on('a@n1') })).toEqual([])
  expect(brokenRules(problem, on('a@n1'), { headroom: on('a@n1', 'a@n1') })).toHaveLength(1)
})

test('unknown ids are named, not thrown', () => {
  const found = brokenRules(fleet({}), on('__proto__@n1', 'a@constructor'))
  expect(found.map(({ code, where }) => [code, where])).toEqual([
    ['reference', '__proto__'],
    ['reference', 'constructor']
  ])
})

test('staying is legal only when nothing is broken, pending or asked for', () => {
  expect(stayIsLegal(fleet({}))).toBe(true)
  expect(stayIsLegal(fleet({ headroom: [{ deployment: 'a', replicas: 1 }] }))).toBe(false)
  expect(stayIsLegal(fleet({ replicas: [{ id: 'a-0', deployment: 'a', node: null }] }))).toBe(false)
  expect(stayIsLegal(fleet({ deployments: [{ id: 'a', replicas: 2, demand: { cpu: 1 } }] }))).toBe(false)
  expect(stayIsLegal(fleet({ deployments: [{ id: 'a', demand: { cpu: 9 } }] }))).toBe(false)
  expect(stayIsLegal(fleet({ nodes: [node('n1', { capacity: { cpu: 8, gpu: 2 }, mustEmpty: true })] }))).toBe(false)
})
