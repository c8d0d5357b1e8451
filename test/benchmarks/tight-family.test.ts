import { brokenRules, parseProblem, sequence, verifyResult } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { makeTight, type TightCase } from '../../benchmarks/families/tight.mjs'

const sizes = [
  [25, 1],
  [25, 2],
  [100, 1],
  [100, 2],
  [250, 3]
] as const

type Place = { readonly node: string; readonly devices?: Record<string, number[]> | undefined }

/** Where everybody is before and after, and what they hold. */
function read({ problem, placement }: TightCase) {
  const demands = new Map(problem.deployments.map(({ id, demand }) => [id, demand]))
  const owners = new Map(problem.replicas.map(({ id, deployment }) => [id, deployment]))
  const demandOf = (replica: string) => demands.get(owners.get(replica) ?? '') ?? {}
  const before = new Map(
    problem.replicas.map(({ id, node, devices }): [string, Place] => [id, { node: node ?? '', devices }])
  )
  const after = new Map(
    placement.placement.map(({ replica, node, devices }): [string, Place] => [replica, { node, devices }])
  )
  return { owners, demandOf, before, after }
}

/** What is free of a node before anything moves: amounts, and of each device. */
function freeBefore({ problem }: TightCase, { before, demandOf }: ReturnType<typeof read>, id: string) {
  const { capacity } = problem.nodes.find((node) => node.id === id) ?? { capacity: {} as Record<string, number> }
  const free = { cpu: capacity.cpu ?? 0, memory: capacity.memory ?? 0 }
  const devices = new Array<number>(capacity.gpu ?? 0).fill(1)
  for (const [replica, { node, devices: held }] of before) {
    if (node !== id) continue
    const { cpu = 0, memory = 0, gpu = 0 } = demandOf(replica)
    free.cpu -= cpu
    free.memory -= memory
    for (const device of held?.gpu ?? []) devices[device] = (devices[device] as number) - Math.min(1, gpu)
  }
  return { ...free, devices }
}

describe.each(sizes)('family tight, %i nodes, seed %i', (nodes, seed) => {
  const made = makeTight(nodes, seed)
  const { problem, placement, moves, cycles, emptied } = made
  const places = read(made)

  test('both ends break no rule', () => {
    const parsed = parseProblem(problem)
    const describePlaces = (at: ReadonlyMap<string, Place>) =>
      [...at].map(([replica, place]) => ({ deployment: places.owners.get(replica) ?? '', ...place }))
    expect(brokenRules(parsed, describePlaces(places.before))).toEqual([])
    expect(brokenRules(parsed, describePlaces(places.after))).toEqual([])
    expect(places.after.size).toBe(problem.replicas.length)
  })

  test('nodes that host something are 92 % full', () => {
    const used = new Set(problem.replicas.map(({ node }) => node))
    for (const resource of ['cpu', 'memory', 'gpu']) {
      const held = problem.replicas.reduce((sum, { id }) => sum + (places.demandOf(id)[resource] ?? 0), 0)
      const capacity = problem.nodes.reduce(
        (sum, node) => sum + (used.has(node.id) ? (node.capacity[resource] ?? 0) : 0),
        0
      )
      expect(held / capacity, resource).toBeGreaterThan(0.91)
      expect(held / capacity, resource).toBeLessThan(0.93)
    }
    expect(problem.deployments.some(({ demand }) => (demand.gpu ?? 0) > 0 && (demand.gpu ?? 0) < 1)).toBe(true)
    expect(problem.deployments.every(({ maxSurge }) => maxSurge === 1)).toBe(true)
  })

  test('five moves a node, one in five on a cycle that is closed and has no room', () => {
    const moved = [...places.before].filter(([replica, { node }]) => places.after.get(replica)?.node !== node)
    expect(moved).toHaveLength(moves)
    expect(moves).toBe(5 * nodes)
    const onCycles = cycles.flat()
    expect(new Set(onCycles).size).toBe(onCycles.length)
    expect(Math.abs(onCycles.length - moves / 5)).toBeLessThanOrEqual(1)
    for (const ring of cycles) {
      expect(ring.length).toBeGreaterThanOrEqual(2)
      expect(ring.length).toBeLessThanOrEqual(4)
      for (const [index, replica] of ring.entries()) {
        const next = ring[(index + 1) % ring.length] ?? ''
        const target = places.after.get(replica)?.node ?? ''
        expect(places.before.get(next)?.node).toBe(target)
        const { cpu = 0, memory = 0, gpu = 0 } = places.demandOf(replica)
        const free = freeBefore(made, places, target)
        const whole = free.devices.filter((left) => left >= Math.min(1, gpu)).length
        expect(cpu > free.cpu || memory > free.memory || (gpu > 0 && whole < Math.max(1, gpu))).toBe(true)
      }
    }
    expect(problem.source).toContain(`${onCycles.length} of them on ${cycles.length} cycles`)
  })

  test('some nodes are emptied', () => {
    const after = new Set(placement.placement.map(({ node }) => node))
    const before = new Set(problem.replicas.map(({ node }) => node))
    expect(emptied.length).toBeGreaterThan(0)
    for (const node of emptied) expect([before.has(node), after.has(node)]).toEqual([true, false])
  })

  test('all moves can be made with the usual rungs', async () => {
    const result = await sequence(problem, placement, { timeLimitMs: 60_000 })
    expect(result.plan.status).toBe('complete')
    expect(result.objective?.migrations).toBe(moves)
    expect(verifyResult(parseProblem(problem), result)).toEqual([])
  })
})

test('the same seed gives the same case, another seed another one', () => {
  expect(makeTight(25, 7)).toEqual(makeTight(25, 7))
  expect(makeTight(25, 8).placement).not.toEqual(makeTight(25, 7).placement)
})
