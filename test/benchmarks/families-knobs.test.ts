import { brokenRules, type ProblemInput, parseProblem, stayIsLegal } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { type Knobs, makeKnobs } from '../../benchmarks/families/knobs.mjs'

const seeds = [1, 2, 3]
const settings: readonly Partial<Knobs>[] = [
  {},
  ...[0, 0.1, 0.9, 1].map((utilisation) => ({ utilisation })),
  ...[0, 0.25, 1].map((fragmentation) => ({ fragmentation })),
  ...[0, 0.02, 0.98, 1].map((gpuShare) => ({ gpuShare })),
  ...[1, 2, 7, 12].map((heterogeneity) => ({ heterogeneity })),
  ...[0, 0.29, 1].map((budget) => ({ budget })),
  { nodes: 1, heterogeneity: 1 },
  { nodes: 12, heterogeneity: 12, gpuShare: 0 },
  { utilisation: 1, fragmentation: 1, gpuShare: 0, heterogeneity: 12 },
  { utilisation: 1, fragmentation: 1, gpuShare: 1, heterogeneity: 12 }
]
const make = (knobs: Partial<Knobs>) => makeKnobs({ nodes: 40, ...knobs })

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)
const ascends = (values: readonly number[]) =>
  values.every((value, index) => index === 0 || value >= (values[index - 1] as number))

/** What the knobs turn, counted again. */
function measure({ nodes, deployments, replicas, budget }: ProblemInput) {
  const demands = new Map(deployments.map(({ id, demand }) => [id, demand]))
  const held = (resource: string, some = replicas) =>
    sum(some.map(({ deployment }) => demands.get(deployment)?.[resource] ?? 0))
  const capacity = (resource: string) => sum(nodes.map((node) => node.capacity[resource] ?? 0))
  const shares = ['cpu', 'memory', 'gpu']
    .filter((name) => capacity(name) > 0)
    .map((name) => held(name) / capacity(name))
  const gpus = replicas.map(({ deployment }) => demands.get(deployment)?.gpu ?? 0)
  const fullness = nodes.flatMap(({ id, capacity: { gpu = 0 } }) => {
    const own = replicas.filter(({ node }) => node === id)
    return gpu === 0 ? [] : [held('gpu', own) / gpu]
  })
  const mean = sum(fullness) / fullness.length
  return {
    utilisation: Math.max(...shares),
    activeNodes: new Set(replicas.map(({ node }) => node)).size,
    /** How differently full nodes with GPUs are. */
    deviation: Math.sqrt(sum(fullness.map((share) => (share - mean) ** 2)) / fullness.length),
    gpuShare: gpus.filter((gpu) => gpu > 0).length / replicas.length,
    parts: gpus.filter((gpu) => gpu > 0 && gpu < 1).length,
    types: new Map(nodes.map(({ type, capacity: own, costPerHour }) => [type, { own, costPerHour }])),
    budget: budget?.maxMigrations
  }
}

describe.each(settings)('family knobs, %o', (knobs) => {
  test.each(seeds)('seed %i: a Problem whose placement of today is legal', (seed) => {
    const input = make({ ...knobs, seed })
    const problem = parseProblem(input)
    expect(problem.nodes).toHaveLength(knobs.nodes ?? 40)
    expect(stayIsLegal(problem)).toBe(true)
    const copies = problem.replicas.map(({ deployment, node, devices }) => ({ deployment, node: node ?? '', devices }))
    expect(brokenRules(problem, copies)).toEqual([])
    const demands = new Map(problem.deployments.map(({ id, demand }) => [id, demand.gpu ?? 0]))
    for (const { deployment, devices } of problem.replicas) {
      expect(devices?.gpu?.length ?? 0).toBe(Math.ceil(demands.get(deployment) ?? 0))
    }
  })
})

test('the same knobs give the same Problem, another seed another one', () => {
  expect(make({ seed: 7 })).toEqual(make({ seed: 7 }))
  expect(make({ seed: 8 }).replicas).not.toEqual(make({ seed: 7 }).replicas)
  expect(makeKnobs()).toEqual(makeKnobs({ nodes: 100, seed: 1, budget: null }))
})

test('no two settings have the same name, and the source names all knobs', () => {
  const made = settings.map(make)
  // The first one is also the one in which a knob stands where it stands by default.
  const names = new Set(made.map(({ name }) => name))
  expect(names.size).toBe(settings.length)
  for (const knob of ['40 nodes', 'seed 1', 'utilisation 0.5', 'fragmentation 0.5', 'GPU share 0.5', 'no budget'])
    expect(made[0]?.source).toContain(knob)
})

describe.each(seeds)('one knob is turned up, seed %i', (seed) => {
  const turn = <Knob extends keyof Knobs>(knob: Knob, values: readonly Knobs[Knob][], others: Partial<Knobs> = {}) =>
    values.map((value) => make({ seed, ...others, [knob]: value }))

  test('utilisation: so much is used, on the same nodes', () => {
    const values = [0.05, 0.2, 0.4, 0.6, 0.8, 0.9]
    const made = turn('utilisation', values, { nodes: 100 })
    for (const [index, problem] of made.entries()) {
      const { utilisation } = measure(problem)
      expect(utilisation).toBeLessThanOrEqual((values[index] as number) + 1e-9)
      expect(utilisation).toBeGreaterThan((values[index] as number) - 0.01)
      expect(problem.nodes).toEqual(made[0]?.nodes)
    }
    expect(ascends(made.map(({ replicas }) => replicas.length))).toBe(true)
  })

  test.each([0.1, 0.3, 0.5, 0.8])(
    'fragmentation: the same replicas on more nodes, at utilisation %d',
    (utilisation) => {
      const made = turn('fragmentation', [0, 0.2, 0.4, 0.6, 0.8, 1], { utilisation })
      const measured = made.map(measure)
      for (const { deployments, nodes } of made) {
        expect(deployments).toEqual(made[0]?.deployments)
        expect(nodes).toEqual(made[0]?.nodes)
      }
      expect(ascends(measured.map(({ activeNodes }) => activeNodes))).toBe(true)
      const [packed, strewn] = [measured[0], measured.at(-1)]
      // By types of nodes, each of which has one that is not full.
      expect(packed?.activeNodes).toBeLessThanOrEqual(Math.ceil((utilisation + 0.1) * 40) + 2)
      expect(strewn?.activeNodes).toBeGreaterThanOrEqual(Math.min(38, 0.6 * (made[0]?.replicas.length ?? 0)))
      expect(strewn?.deviation).toBeLessThan(0.7 * (packed?.deviation ?? 0))
    }
  )

  test('gpuShare: so many want GPUs, some of them a part of one', () => {
    const values = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1]
    for (const [index, problem] of turn('gpuShare', values).entries()) {
      const share = values[index] as number
      const measured = measure(problem)
      expect(Math.abs(measured.gpuShare - share)).toBeLessThanOrEqual(0.5 / problem.replicas.length + 1e-9)
      expect(measured.parts > 0).toBe(share > 0)
      expect(problem.nodes.some((node) => (node.capacity.gpu ?? 0) > 0)).toBe(share > 0)
      expect(problem.nodes.every((node) => (node.capacity.gpu ?? 0) > 0)).toBe(share === 1)
    }
  })

  test.each([0, 0.5, 1])('heterogeneity: so many types of different sizes and prices, GPU share %d', (gpuShare) => {
    const values = [1, 2, 3, 6, 9, 12]
    const made = turn('heterogeneity', values, { gpuShare })
    for (const [index, problem] of made.entries()) {
      const types = [...measure(problem).types.values()]
      expect(types).toHaveLength(values[index] as number)
      const sizes = new Set(types.map(({ own }) => JSON.stringify(own)))
      const prices = new Set(
        types.map(
          ({ own, costPerHour }) => `${(own.gpu ?? 0) > 0} ${(costPerHour / (own.gpu ?? own.cpu ?? 1)).toFixed(4)}`
        )
      )
      expect(sizes.size).toBe(types.length)
      expect(prices.size).toBe(types.length)
    }
    expect(ascends(made.map(({ deployments }) => deployments.length))).toBe(true)
  })

  test('budget: so many may migrate, of the same cluster', () => {
    const values = [null, 0, 0.05, 0.29, 1]
    const made = turn('budget', values)
    const count = made[0]?.replicas.length ?? 0
    expect(made.map((problem) => measure(problem).budget)).toEqual(
      values.map((share) => (share === null ? undefined : Math.floor(share * count + 1e-9)))
    )
    for (const { replicas } of made) expect(replicas).toEqual(made[0]?.replicas)
  })
})

test('at utilisation 0 one replica runs', () => {
  expect(make({ utilisation: 0 }).replicas).toHaveLength(1)
})

test.each<[Record<string, unknown>, RegExp]>([
  [{ nodes: 0 }, /^nodes must be a whole number from 1 on, not 0$/],
  [{ nodes: 2.5 }, /^nodes must be .* not 2.5$/],
  [{ seed: 'one' }, /^seed must be .* not one$/],
  [{ utilisation: 1.1 }, /^utilisation must be a number from 0 to 1, not 1.1$/],
  [{ fragmentation: -0.1 }, /^fragmentation must be/],
  [{ gpuShare: Number.NaN }, /^gpuShare must be .* not NaN$/],
  [{ heterogeneity: 13 }, /^heterogeneity must be a whole number from 1 to 12, not 13$/],
  [{ budget: 2 }, /^budget must be a number from 0 to 1, or null, not 2$/],
  [{ utilisation: undefined }, /^utilisation must be .* not undefined$/],
  [{ utilization: 0.5 }, /^there is no knob utilization$/],
  [{ nodes: 5, heterogeneity: 6 }, /^6 types of nodes are too many for 5 nodes/]
])('refuses %o', (knobs, message) => {
  expect(() => makeKnobs(knobs as Partial<Knobs>)).toThrow(message)
})
