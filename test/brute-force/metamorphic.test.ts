import { expect, test } from 'vitest'
import type { Problem } from '../../models/contract/problem.js'
import { formulateAggregated } from '../../models/formulations/aggregated.js'
import type { ObjectiveLevel } from '../../models/formulations/objective-levels.js'
import { compileInstance } from '../../models/instance/compile.js'
import { solveLevels } from '../formulations/solve-levels.js'
import { findOptimum } from './enumerate-placements.js'
import { randomProblem } from './random-problem.js'
import { stateDevices } from './state-devices.js'

type Optima = ReadonlyMap<ObjectiveLevel, number>

async function solve(problem: Problem): Promise<Optima | null> {
  const instance = compileInstance(problem)
  return (await solveLevels(instance, formulateAggregated(instance)))?.values ?? null
}

/** Problems with an answer that breaks nothing, and their proven optima. */
async function forEachSolved(from: number, check: (problem: Problem, optima: Optima, about: string) => Promise<void>) {
  let count = 0
  for (let seed = from; seed < from + 60; seed++) {
    const problem = stateDevices(randomProblem(seed, { broken: false }))
    const optima = await solve(problem)
    if (optima === null || (optima.get('broken-rules') ?? 0) > 1e-6) continue
    await check(problem, optima, `seed ${seed}`)
    count++
  }
  expect(count).toBeGreaterThan(20)
}

function expectSame(found: Optima | null, optima: Optima, about: string) {
  for (const [level, value] of optima) expect(found?.get(level), `${about}, ${level}`).toBeCloseTo(value, 5)
}

/** The first level that differs says which one is worse. */
function isWorse(left: Optima | null, right: Optima): boolean {
  if (left === null) return true
  for (const [level, value] of right) {
    if (level === 'moves') continue
    const difference = (left.get(level) ?? 0) - value
    if (Math.abs(difference) > 1e-5) return difference > 0
  }
  return false
}

test('the order in which things are listed, and their names, change nothing', () =>
  forEachSolved(100, async (problem, optima, about) => {
    const rename = (id: string) => `__proto__ ${id} ☃`
    const changed: Problem = {
      ...problem,
      nodes: [...problem.nodes].reverse().map((node) => ({ ...node, id: rename(node.id) })),
      replicas: [...problem.replicas]
        .reverse()
        .map((replica) => ({ ...replica, id: rename(replica.id), node: replica.node && rename(replica.node) })),
      deployments: [...problem.deployments].reverse()
    }
    expectSame(await solve(changed), optima, about)
  }))

test('demands and capacities in another unit change nothing', () =>
  forEachSolved(200, async (problem, optima, about) => {
    const scale = (amounts: Record<string, number>) =>
      Object.fromEntries(
        Object.entries(amounts).map(([name, amount]) => [name, name === 'gpu' ? amount : amount * 1024])
      )
    const changed: Problem = {
      ...problem,
      nodes: problem.nodes.map((node) => ({ ...node, capacity: scale(node.capacity) })),
      nodeTypes: problem.nodeTypes.map((type) => ({ ...type, capacity: scale(type.capacity) })),
      deployments: problem.deployments.map((deployment) => ({ ...deployment, demand: scale(deployment.demand) }))
    }
    expectSame(await solve(changed), optima, about)
  }))

test('one node more never makes it worse', () =>
  forEachSolved(300, async (problem, optima, about) => {
    // A new domain could: a spread then counts it.
    if (problem.rules.some(({ kind }) => kind === 'spread')) return
    const node = {
      id: 'more',
      capacity: { cpu: 8, memory: 8, gpu: 4 },
      costPerHour: 1.3,
      labels: { zone: 'a', tier: 'x' }
    }
    const more = { ...node, releasable: true, acceptsReplicas: true, mustEmpty: false }
    expect(isWorse(await solve({ ...problem, nodes: [...problem.nodes, more] }), optima), about).toBe(false)
  }))

test('a smaller budget never makes it better, and none at all means no move', () =>
  forEachSolved(400, async (problem, optima, about) => {
    let before = optima
    for (const maxMigrations of [2, 1, 0]) {
      const budget = {
        ...problem.budget,
        maxMigrations: Math.min(maxMigrations, problem.budget.maxMigrations ?? Infinity)
      }
      const after = await solve({ ...problem, budget })
      if (after === null) return
      expect(isWorse(before, after), `${about}, budget ${maxMigrations}`).toBe(false)
      if (maxMigrations === 0) expect(after.get('moves'), about).toBeCloseTo(0, 6)
      before = after
    }
  }))

test('planning on the outcome changes nothing', () =>
  forEachSolved(500, async (problem, optima, about) => {
    // A budget is spent anew each time.
    if (problem.objective.horizonHours !== null || Object.keys(problem.budget).length > 0) return
    const best = findOptimum(problem)
    if (best === null) return
    const { placement, newNodes } = best.placement
    const listed = new Map(problem.replicas.map((replica) => [replica.id, replica]))
    const bought = newNodes.map(({ id, type: name }) => {
      const {
        maxNew: _,
        provisionSeconds: __,
        ...type
      } = problem.nodeTypes.find(({ type }) => type === name) ?? never()
      return { ...type, id, releasable: true, acceptsReplicas: true, mustEmpty: false }
    })
    const outcome: Problem = {
      ...problem,
      nodes: [...problem.nodes, ...bought],
      // The same offer still stands for what was not bought.
      nodeTypes: problem.nodeTypes.map((type) => ({
        ...type,
        maxNew: type.maxNew - newNodes.filter((node) => node.type === type.type).length
      })),
      replicas: placement.map(({ replica, node, deployment, devices }) => {
        const { devices: _, ...known } = listed.get(replica) ?? {
          id: replica,
          deployment: deployment ?? never(),
          state: 'running' as const
        }
        return { ...known, node, ...(devices === undefined ? {} : { devices }) }
      }),
      deployments: problem.deployments.map((deployment) => ({
        ...deployment,
        replicas: placement.filter(
          ({ replica, deployment: id }) => (id ?? listed.get(replica)?.deployment) === deployment.id
        ).length
      }))
    }
    const again = await solve(outcome)
    expect(again?.get('total'), about).toBeCloseTo(optima.get('total') ?? Number.NaN, 5)
    expect(again?.get('moves'), about).toBeCloseTo(0, 6)
  }))

function never(): never {
  throw new Error('a name that the problem does not know')
}
