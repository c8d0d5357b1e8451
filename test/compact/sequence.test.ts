import { readFileSync } from 'node:fs'
import { InputError, type ProblemInput, sequence } from 'replica-compactor'
import { expect, test } from 'vitest'
import { expectChecked, node, readFixture, running } from './planned.js'

const problem: ProblemInput = {
  schemaVersion: 1,
  nodes: [node('a'), node('b', { costPerHour: 2 })],
  deployments: [{ id: 'd', demand: { cpu: 2 } }],
  replicas: running('d', 'a', 'b')
}
const onto = (home: string) => ({
  schemaVersion: 1,
  placement: [
    { replica: 'd-0', node: 'a' },
    { replica: 'd-1', node: home }
  ]
})

test('the deadlock that is safe in one order only is sequenced', async () => {
  const golden = readFixture('golden-deadlock')
  const path = new URL('../../fixtures/golden-deadlock.placement.json', import.meta.url)
  const result = await sequence(golden, JSON.parse(readFileSync(path, 'utf8')))
  expectChecked(golden, result)
  expect(result.plan.status).toBe('complete')
  expect(result.objective?.migrations).toBe(3)
})

test('a placement by somebody else is migrated to, and released nodes are given back', async () => {
  const result = await sequence(problem, onto('a'))
  expectChecked(problem, result)
  expect(result).toMatchObject({ plan: { status: 'complete' }, releasedNodes: ['b'], objective: { migrations: 1 } })
})

test('an outcome leads nowhere else: sequencing it again is empty', async () => {
  const first = await sequence(problem, onto('a'))
  const after = { ...problem, nodes: [node('a')], replicas: running('d', 'a', 'a') }
  const again = await sequence(after, { schemaVersion: 1, placement: first.placement })
  expect(again.plan.steps).toEqual([])
})

test('an illegal placement is refused', async () => {
  const crowded = { ...problem, replicas: running('d', 'a', 'b', 'b') }
  const all = { schemaVersion: 1, placement: ['d-0', 'd-1', 'd-2'].map((replica) => ({ replica, node: 'a' })) }
  await expect(sequence(crowded, all)).rejects.toBeInstanceOf(InputError)
})

test('a placement that the gate forbids is refused', async () => {
  const gated = { ...problem, gate: { minSavingPerMove: 3 } }
  await expect(sequence(gated, onto('a'))).rejects.toMatchObject({ issues: [{ path: 'gate' }] })
})

test('an abort rejects with its reason', async () => {
  await expect(sequence(problem, onto('a'), { signal: AbortSignal.abort('no') })).rejects.toBe('no')
})
