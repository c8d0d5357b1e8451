import { compact, type ProblemInput, parseProblem, verifyResult } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { makeDense } from '../../benchmarks/families/dense.mjs'
import { repeatProblem } from '../../benchmarks/families/repeat.mjs'
import { makeSynthetic } from '../../benchmarks/families/synthetic.mjs'

const families = [
  ['dense', makeDense],
  ['synthetic', makeSynthetic]
] as const
const sizes = [6, 12, 25, 50].flatMap((nodes) => [1, 2, 3].map((seed) => [nodes, seed] as const))

/** Limits that today's placement breaks. */
async function brokenToday(problem: ProblemInput) {
  const result = await compact(problem, { solver: 'greedy', maxMigrations: 0 })
  expect(result.objective?.migrations).toBe(0)
  return [...result.violations, ...verifyResult(problem, result)]
}

describe.each(families)('family %s', (name, make) => {
  test.each(sizes)('%i nodes, seed %i: a Problem whose placement of today is legal', async (nodes, seed) => {
    const problem = parseProblem(make(nodes, seed))
    expect(problem.nodes).toHaveLength(nodes)
    expect(problem.source).toContain(`family ${name}, ${nodes} nodes, seed ${seed}`)
    expect(await brokenToday(problem)).toEqual([])
  })

  test('the same seed gives the same Problem, another seed another one', () => {
    expect(make(25, 7)).toEqual(make(25, 7))
    expect({ ...make(25, 8), name: '', source: '' }).not.toEqual({ ...make(25, 7), name: '', source: '' })
  })

  test('replicas run where their selectors allow them', () => {
    const { nodes, deployments, replicas } = make(50, 4)
    const labels = new Map(nodes.map((node) => [node.id, node.labels ?? {}]))
    const selectors = new Map(deployments.map(({ id, nodeSelector }) => [id, nodeSelector ?? {}]))
    for (const { deployment, node } of replicas) {
      expect(labels.get(node ?? '')).toMatchObject(selectors.get(deployment) ?? { unknown: deployment })
    }
  })
})

/** How many replicas a node hosts, and the share of all GPUs that is held. */
function crowdedness({ nodes, deployments, replicas }: ProblemInput) {
  const held = new Map(deployments.map(({ id, demand }) => [id, demand.gpu ?? 0]))
  const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)
  return {
    perNode: replicas.length / nodes.length,
    gpus:
      sum(replicas.map(({ deployment }) => held.get(deployment) ?? 0)) /
      sum(nodes.map((node) => node.capacity.gpu ?? 0))
  }
}

test('dense ones host four to six replicas on a node, hold about 60 % of the GPUs and have a budget of a quarter', () => {
  for (const seed of [1, 2, 3, 4]) {
    const problem = makeDense(100, seed)
    const { perNode, gpus } = crowdedness(problem)
    expect(perNode).toBeGreaterThan(4)
    expect(perNode).toBeLessThan(6.5)
    expect(gpus).toBeGreaterThan(0.5)
    expect(gpus).toBeLessThan(0.7)
    expect(problem.budget?.maxMigrations).toBe(Math.round(problem.replicas.length / 4))
    expect(problem.deployments.length).toBeGreaterThan(44)
  }
})

test('synthetic ones host a few replicas on a node and hold about half of the GPUs', () => {
  const measured = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => crowdedness(makeSynthetic(200, seed)))
  const mean = (key: 'perNode' | 'gpus') => measured.reduce((sum, one) => sum + one[key], 0) / measured.length
  expect(mean('perNode')).toBeGreaterThan(1.5)
  expect(mean('perNode')).toBeLessThan(4.5)
  expect(mean('gpus')).toBeGreaterThan(0.35)
  expect(mean('gpus')).toBeLessThan(0.6)
})

describe('a Problem several times over', () => {
  const original = makeDense(12, 1)
  const node = (index: number) => original.nodes[index]?.id ?? ''
  const [first, second, third] = original.deployments.map(({ id }) => id) as [string, string, string]
  const rich: ProblemInput = {
    ...original,
    replicas: original.replicas.map((replica, index) =>
      index < 2 ? { ...replica, gang: 'together' } : index === 2 ? { ...replica, node: null } : replica
    ),
    rules: [
      { kind: 'conflict', between: [[first], ['absent']] },
      { kind: 'spread', deployments: [second], topologyKey: 'node', minDomains: 1 }
    ],
    deployments: [...original.deployments, { id: 'absent', demand: { cpu: 1 }, replicas: 0 }],
    headroom: [{ deployment: third, replicas: 1 }],
    budget: { maxMigrations: 5, maxMigrationsPerDeployment: 2 }
  }
  const thrice = repeatProblem(rich, 3)

  test('is a Problem in which every copy is whole', () => {
    const problem = parseProblem(thrice)
    expect(problem.nodes).toHaveLength(3 * original.nodes.length)
    expect(problem.replicas).toHaveLength(3 * original.replicas.length)
    expect(problem.replicas.filter((replica) => replica.node === null)).toHaveLength(3)
    expect(new Set(problem.replicas.flatMap(({ gang }) => gang ?? [])).size).toBe(3)
    expect(problem.rules).toContainEqual({
      kind: 'conflict',
      between: [[`2/${first}`], ['2/absent']],
      topologyKey: 'node'
    })
    expect(problem.headroom).toContainEqual({ deployment: `3/${third}`, replicas: 1 })
    expect(problem.budget).toEqual({ maxMigrations: 15, maxMigrationsPerDeployment: 2 })
    expect(problem.source).toContain('3 times over')
  })

  test('is legal as it is today where the original is, at twice the cost', async () => {
    const twice = repeatProblem(original, 2)
    expect(twice.nodes.at(-1)?.id).toBe(`2/${node(11)}`)
    expect(await brokenToday(twice)).toEqual([])
    const [one, both] = await Promise.all([original, twice].map((problem) => compact(problem, { solver: 'greedy' })))
    expect(both?.initial.costPerHour).toBeCloseTo(2 * (one?.initial.costPerHour ?? Number.NaN), 9)
  })
})
