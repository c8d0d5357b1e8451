import { expect, test } from 'vitest'
import { type Result, verifyResult } from '../../models/index.js'
import { aMove, type Golden } from './golden-plans.js'

function violationsAfter(mutate: (result: Result) => void, change: Partial<Golden['problem']> = {}) {
  const { problem, result } = aMove()
  const copy = structuredClone(result)
  mutate(copy)
  return verifyResult({ ...problem, ...change }, copy).map(({ code, where }) => `${code} ${where}`)
}

const claims: [what: string, where: string, mutate: (result: Result) => void][] = [
  ['cost', 'objective.costPerHour', ({ objective }) => Object.assign(objective ?? {}, { costPerHour: 0.5 })],
  ['move cost', 'objective.moveCost', ({ objective }) => Object.assign(objective ?? {}, { moveCost: 0 })],
  ['migrations', 'objective.migrations', ({ objective }) => Object.assign(objective ?? {}, { migrations: 0 })],
  ['active nodes', 'objective.activeNodes', ({ objective }) => Object.assign(objective ?? {}, { activeNodes: 2 })],
  ['total', 'objective.total', ({ objective }) => Object.assign(objective ?? {}, { total: 2 })],
  ['initial cost', 'initial.costPerHour', ({ initial }) => Object.assign(initial, { costPerHour: 3 })],
  ['initial nodes', 'initial.activeNodes', ({ initial }) => Object.assign(initial, { activeNodes: 1 })],
  ['listed cost', 'initial.listedCostPerHour', ({ initial }) => Object.assign(initial, { listedCostPerHour: 3 })],
  ['bound above the cost', 'bound.costPerHour', ({ bound }) => Object.assign(bound ?? {}, { costPerHour: 1.5 })],
  ['move bound', 'bound.moveCost', ({ bound }) => Object.assign(bound ?? {}, { moveCost: 2 })],
  ['two bounds', 'bound.total', ({ bound }) => Object.assign(bound ?? {}, { costPerHour: 0.5 })],
  ['gap', 'gap', (result) => Object.assign(result, { gap: 0.1 })],
  [
    'optimality',
    'termination',
    (result) => Object.assign(result, { gap: 0.5, bound: { costPerHour: 0.5, total: 0.5 } })
  ],
  ['termination', 'termination', (result) => Object.assign(result, { termination: 'infeasible' })],
  ['no producer', 'producer', (result) => delete result.producer],
  ['no objective', 'objective', (result) => delete result.objective],
  ['no bound', 'bound', (result) => delete result.bound],
  ['released nodes', 'b', (result) => Object.assign(result, { releasedNodes: [] })],
  [
    'violations of nothing',
    'violations',
    (result) => result.violations.push({ code: 'capacity', where: 'a', amount: 1, message: '' })
  ]
]

test.each(claims)('rejects a wrong claim: %s', (_, where, mutate) => {
  expect(violationsAfter(mutate)).toContain(`claim ${where}`)
})

test('a Result without a placement is refused while staying put is legal, and must be empty', () => {
  const none = (result: Result) =>
    Object.assign(result, { termination: 'infeasible', primalStatus: 'none', explanation: { notes: ['no room'] } })
  expect(violationsAfter(none)).toEqual(['claim placement', 'claim primalStatus'])
})

test('an infeasible Result is accepted where nothing legal is known, if it says why', () => {
  const { problem, result } = aMove()
  const wanting = { ...problem, headroom: [{ deployment: 'web', replicas: 100 }] }
  const none: Result = {
    ...result,
    termination: 'infeasible',
    primalStatus: 'none',
    placement: [],
    plan: { status: 'complete', steps: [], makespanSeconds: 0 },
    explanation: { conflict: [{ path: 'headroom[0]', message: 'more than all nodes hold' }] }
  }
  expect(verifyResult(wanting, none)).toEqual([])
  expect(verifyResult(wanting, { ...none, explanation: {} })).toHaveLength(1)
})

test('the gate forbids moves that do not repay', () => {
  const gate = (paybackHours: number | null, minSavingPerMove: number) =>
    violationsAfter(() => {}, {
      gate: { paybackHours, minSavingPerMove },
      objective: { horizonHours: null, moveCostPrice: 4 }
    })
  expect(gate(4, 1)).toEqual([])
  expect(gate(3, 0)).toEqual(['gate gate'])
  expect(gate(null, 1.5)).toEqual(['gate gate'])
})
