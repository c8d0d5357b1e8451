import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import { budgetRows, costRow, keptAmounts, ruleRows } from '../../models/formulations/linking-rows.js'
import { groupByKind } from '../../models/formulations/pattern-problem.js'
import { compileInstance } from '../../models/instance/compile.js'

const node = (id: string, labels: Record<string, string>) => ({ id, capacity: { cpu: 8 }, costPerHour: 1, labels })

/** Two nodes in each of the zones a and b, one in c, one in none; three copies of d, two of e. Kinds 0 to 3. */
function compile(parts: Partial<ProblemInput>) {
  const { replicas = 'no', ...rest } = parts
  const placed = ['a1', 'a1', 'b1'].map((at, index) => ({
    id: `d${index}`,
    deployment: 'd',
    node: at,
    moveCost: index + 1
  }))
  const others = ['b1', 'c1'].map((at, index) => ({ id: `e${index}`, deployment: 'e', node: at }))
  const problem = {
    schemaVersion: 1 as const,
    nodes: [
      node('a1', { zone: 'a' }),
      node('a2', { zone: 'a' }),
      node('b1', { zone: 'b' }),
      node('b2', { zone: 'b' }),
      node('c1', { zone: 'c' }),
      node('x1', {})
    ],
    deployments: ['d', 'e'].map((id) => ({ id, demand: { cpu: 1 } })),
    replicas: replicas === 'no' ? [...placed, ...others] : replicas,
    ...rest
  }
  const instance = compileInstance(parseProblem(problem))
  return { instance, kinds: groupByKind(instance) }
}

/** Of each row what it asks for and, of d and e, what a copy adds on kinds 0 to 3. */
function rowsOf(parts: Partial<ProblemInput>) {
  const { instance, kinds } = compile(parts)
  return ruleRows(instance, kinds).map(({ least, copy }) => {
    const amounts = [0, 1].map((deployment) =>
      [0, 1, 2, 3].map((kind) => (copy?.(kind, deployment) ?? 0) + 0).join(' ')
    )
    return `${amounts.join(' | ')} >= ${least}`.replaceAll('-0 ', '0 ')
  })
}

test('a budget of migrations asks for copies that stay; surplus copies are not counted', () => {
  const { instance } = compile({
    budget: { maxMigrations: 1, maxMoveCost: 2, maxMigrationsPerDeployment: 1 },
    deployments: [
      { id: 'd', demand: { cpu: 1 }, replicas: 2 },
      { id: 'e', demand: { cpu: 1 } }
    ]
  })
  // Of d two stay or move, at a cost of 1 + 2 + 3 less the dearest; of e both, at 1 each.
  expect(keptAmounts(instance)).toEqual([
    { copies: 2, cost: 3 },
    { copies: 2, cost: 2 }
  ])
  const rows = budgetRows(instance)
  expect(rows.map(({ name }) => name)).toEqual(['migrations', 'move cost', 'migrations of d', 'migrations of e'])
  expect(rows.map(({ least }) => least)).toEqual([3, expect.closeTo(3, 4), 1, 1])
  expect(rows[1]?.least).toBeLessThan(3)
  const resident = { deployment: 0, moveCost: 2.5, copies: [], held: 0 }
  expect(rows.map(({ stay }) => stay?.(resident))).toEqual([1, 2.5, 1, 0])
})

test('budgets that bind nothing give no rows', () => {
  const { instance } = compile({ budget: { maxMigrations: 5, maxMoveCost: 8, maxMigrationsPerDeployment: 3 } })
  expect(budgetRows(instance)).toEqual([])
  const { instance: tighter } = compile({
    budget: { maxMigrations: 4, maxMoveCost: 7.9, maxMigrationsPerDeployment: 2 }
  })
  expect(budgetRows(tighter).map(({ name }) => name)).toEqual(['migrations', 'move cost', 'migrations of d'])
})

test('at most so many in a domain, and at least so many on nodes that match', () => {
  const rules: ProblemInput['rules'] = [
    { kind: 'anti-affinity', deployments: ['d'], topologyKey: 'zone', max: 2 },
    { kind: 'at-least', deployments: ['e'], count: 1, nodeSelector: { zone: ['a', 'c'] } }
  ]
  // The zone c has one node: its limit is one of the node.
  expect(rowsOf({ rules })).toEqual(['-1 0 0 0 | 0 0 0 0 >= -2', '0 -1 0 0 | 0 0 0 0 >= -2', '0 0 0 0 | 1 0 1 0 >= 1'])
})

test('a domain that parts the nodes of a kind gives no row', () => {
  expect(rowsOf({ rules: [{ kind: 'anti-affinity', deployments: ['d'], topologyKey: 'node', max: 1 }] })).toEqual([])
  const rule = { kind: 'spread' as const, deployments: ['d'], topologyKey: 'node', minDomains: 2 }
  expect(rowsOf({ rules: [rule] })).toEqual([])
  // Where a selector names the zones, those nodes that are in c and in none are of a kind of their own.
  const deployments = ['d', 'e'].map((id) => ({ id, demand: { cpu: 1 }, nodeSelector: { zone: { notIn: ['z'] } } }))
  expect(rowsOf({ rules: [rule], deployments })).toEqual(['0 0 -1 0 | 0 0 0 0 >= -2', '0 0 0 -1 | 0 0 0 0 >= -2'])
})

const spread = (parts: { minDomains?: number; maxSkew?: number }): ProblemInput['rules'] => [
  { kind: 'spread', deployments: ['d', 'e'], topologyKey: 'zone', ...parts }
]

test('spread: nobody without the label; every other domain wanted needs a member of its own', () => {
  expect(rowsOf({ rules: spread({ minDomains: 3 }) })).toEqual([
    '0 0 0 -1 | 0 0 0 -1 >= 0',
    '-1 0 0 0 | -1 0 0 0 >= -3',
    '0 -1 0 0 | 0 -1 0 0 >= -3',
    '0 0 -1 0 | 0 0 -1 0 >= -3'
  ])
})

test('spread: no more domains than members are wanted', () => {
  const replicas = ['a1', 'c1'].map((at, index) => ({ id: `e${index}`, deployment: 'e', node: at }))
  const rows = rowsOf({ rules: spread({ minDomains: 3 }), replicas })
  // Broken today by draining copies, or not: two members want two domains.
  expect(rows.slice(1)).toEqual(['-1 0 0 0 | -1 0 0 0 >= -1', '0 -1 0 0 | 0 -1 0 0 >= -1', '0 0 -1 0 | 0 0 -1 0 >= -1'])
  expect(rowsOf({ rules: spread({ minDomains: 1 }) })).toHaveLength(1)
})

test('spread: domains that count are at most so far below every other', () => {
  expect(rowsOf({ rules: spread({ maxSkew: 1 }) })).toEqual([
    '0 0 0 -1 | 0 0 0 -1 >= 0',
    '-1 1 0 0 | -1 1 0 0 >= -1',
    '-1 0 1 0 | -1 0 1 0 >= -1',
    '1 -1 0 0 | 1 -1 0 0 >= -1',
    '0 -1 1 0 | 0 -1 1 0 >= -1',
    '1 0 -1 0 | 1 0 -1 0 >= -1',
    '0 1 -1 0 | 0 1 -1 0 >= -1'
  ])
  // No member could be in c: it counts for nobody.
  const deployments = ['d', 'e'].map((id) => ({ id, demand: { cpu: 1 }, nodeSelector: { zone: ['a', 'b'] } }))
  const replicas = ['a1', 'b1'].map((at, index) => ({ id: `d${index}`, deployment: 'd', node: at }))
  const rows = rowsOf({ rules: spread({ maxSkew: 0 }), deployments, replicas })
  expect(rows.filter((row) => row.includes('1 0 -1 0'))).toEqual(['1 0 -1 0 | 1 0 -1 0 >= 0'])
  expect(rows.filter((row) => row.includes('-1 0 1 0'))).toEqual([])
})

test('spread says nothing of more domains than six, and of labels nothing that is missing', () => {
  const nodes = Array.from({ length: 7 }, (_, index) => node(`n${index}`, { zone: `z${index}` }))
  const replicas = nodes.map(({ id }, index) => ({ id: `d${index}`, deployment: 'd', node: id }))
  expect(rowsOf({ rules: spread({ minDomains: 3, maxSkew: 1 }), nodes, replicas })).toEqual([])
  const six = { nodes: nodes.slice(1), replicas: replicas.slice(1) }
  expect(rowsOf({ rules: spread({ minDomains: 3 }), ...six })).toHaveLength(6)
})

test.each([
  ['without the label', 'x1', { kind: 'affinity' as const }],
  ['in two domains', 'b1', { kind: 'affinity' as const }],
  ['too many in a domain', 'a1', { kind: 'spread' as const, maxSkew: 1 }],
  ['in too few domains', 'a1', { kind: 'spread' as const, minDomains: 2 }]
])('a rule that draining copies break, %s, may stay as broken: no rows', (_, at, rule) => {
  const replicas = [
    { id: 'd0', deployment: 'd', node: 'a1' },
    { id: 'leaving', deployment: 'd', node: at, state: 'draining' as const }
  ]
  expect(rowsOf({ rules: [{ ...rule, deployments: ['d'], topologyKey: 'zone' }], replicas })).toEqual([])
})

test('affinity: nobody without the label', () => {
  const replicas = ['a1', 'a2'].map((at, index) => ({ id: `d${index}`, deployment: 'd', node: at }))
  const rules: ProblemInput['rules'] = [{ kind: 'affinity', deployments: ['d'], topologyKey: 'zone' }]
  expect(rowsOf({ rules, replicas })).toEqual(['0 0 0 -1 | 0 0 0 0 >= 0'])
})

test('the cost of what is active is at most so much', () => {
  const { least, node: amount } = costRow(Float64Array.of(2, 3), 7)
  expect([least, amount?.(0), amount?.(1)]).toEqual([-7, -2, -3])
})
