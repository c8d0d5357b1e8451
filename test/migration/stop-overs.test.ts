import { expect, test } from 'vitest'
import { planOf } from './plan-of.js'
import { deployment, node, replica } from './small-clusters.js'

/** So many pairs of full nodes whose replicas trade places, and empty nodes beside them. */
function pairs(count: number, spare: number) {
  const nodes = Array.from({ length: 2 * count }, (_, index) => node(`n${index}`, 1))
  const empty = Array.from({ length: spare }, (_, index) => node(`spare${index}`, 1))
  const deployments = nodes.map((_, index) => deployment(`d${index}`, 1))
  const replicas = nodes.map(({ id }, index) => replica(`d${index}-0`, id))
  const places = Object.fromEntries(replicas.map(({ id }, index) => [id, `n${index ^ 1}`]))
  return planOf({ nodes: [...nodes, ...empty], deployments, replicas }, places)
}

test('stop-overs take nodes in turn, so that they need not wait for each other', () => {
  const alone = pairs(12, 1)
  const together = pairs(12, 12)
  for (const { plan, violations, migrations } of [alone, together]) {
    expect([plan.status, violations, migrations]).toEqual(['complete', [], 36])
  }
  const visited = together.list('start').filter((start) => start.includes('@spare'))
  expect(new Set(visited.map((start) => start.slice(start.indexOf('@')))).size).toBe(12)
  expect(alone.plan.makespanSeconds).toBe(12 * 270)
  expect(together.plan.makespanSeconds).toBeLessThanOrEqual(2 * 270)
})

test('one stop-over serves all of a pool', () => {
  const rows = 20
  const nodes = Array.from({ length: 2 * rows }, (_, index) => node(`n${index}`, 2))
  const deployments = [deployment('a', 1), deployment('b', 1)]
  const replicas = nodes.flatMap(({ id }, index) =>
    [0, 1].map((number) => replica(`${index % 2 === 0 ? 'a' : 'b'}-${2 * (index >> 1) + number}`, id))
  )
  const places = Object.fromEntries(replicas.map(({ id, node: home }) => [id, `n${Number((home ?? '').slice(1)) ^ 1}`]))
  const { plan, violations, migrations } = planOf(
    { nodes: [...nodes, node('spare', 1)], deployments, replicas },
    places
  )
  expect([plan.status, violations]).toEqual(['complete', []])
  expect(migrations).toBe(replicas.length + 1)
})

test('hundreds of replicas that are alike arrive', () => {
  const count = 600
  const nodes = Array.from({ length: count / 10 }, (_, index) => node(`n${index}`, 10))
  const replicas = Array.from({ length: count }, (_, index) => replica(`a-${index}`, null))
  const places = Object.fromEntries(replicas.map(({ id }, index) => [id, `n${Math.floor(index / 10)}`]))
  const { plan, violations, list } = planOf({ nodes, deployments: [deployment('a', 1)], replicas }, places)
  expect([plan.status, violations]).toEqual(['complete', []])
  expect(list('start')).toHaveLength(count)
  expect(plan.makespanSeconds).toBe(5 * 60)
})
