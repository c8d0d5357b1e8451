import { expect, test } from 'vitest'
import { compact } from '../../../src/compact.js'
import { alternatives } from '../../../src/review/alternatives/alternatives.js'
import { revise } from '../../../src/review/revise/revise.js'

test('where the start is broken and cannot be repaired, a plan that obeys already comes back', async () => {
  const problem = {
    schemaVersion: 1,
    nodes: [{ id: 'a', capacity: { cpu: 1 }, costPerHour: 1 }],
    deployments: [{ id: 'd', demand: { cpu: 1 } }],
    replicas: ['d0', 'd1'].map((id) => ({ id, deployment: 'd', node: 'a' }))
  }
  const plan = await compact(problem)
  const { result, difference } = await revise(problem, plan, { pin: ['d0'] })
  expect(result).toMatchObject({ primalStatus: 'feasible', plan: { status: 'partial', steps: [] } })
  expect(difference?.same).toBe(true)
  const { possible, forbidden } = await alternatives(problem, plan, 'd0')
  expect(possible).toMatchObject([{ node: 'a', isPlanned: true }])
  expect(forbidden).toEqual([])
})

test('decisions that have no room beside each other are proven to contradict', async () => {
  const problem = {
    schemaVersion: 1,
    nodes: [
      { id: 'a', capacity: { cpu: 8 }, costPerHour: 1 },
      { id: 'b', capacity: { cpu: 8 }, costPerHour: 9 },
      { id: 'c', capacity: { cpu: 3 }, costPerHour: 1 }
    ],
    deployments: [
      { id: 'p', demand: { cpu: 3 } },
      { id: 'q', demand: { cpu: 8 } }
    ],
    replicas: [
      { id: 'p0', deployment: 'p', node: 'a' },
      { id: 'q0', deployment: 'q', node: 'b' }
    ]
  }
  const plan = await compact(problem)
  expect(plan.objective?.costPerHour).toBe(2)
  const { result } = await revise(problem, plan, { accept: ['q0'], pin: ['p0'] })
  expect(result.termination).toBe('infeasible')
  expect(result.explanation.conflict?.map(({ path }) => path)).toEqual(['decisions.accept[0]', 'decisions.pin[0]'])
})
