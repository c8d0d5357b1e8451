import { describe, expect, test } from 'vitest'
import type { ProblemInput } from '../../models/contract/problem.js'
import { compact } from '../../src/compact.js'
import { type Random, seededRandom } from '../../src/random.js'
import { simulatedCluster } from '../../src/simulation/live-cluster.js'
import { describeCluster, tryController } from './small-fleet.js'

/** Twelve nodes of two kinds, six deployments of other sizes, scattered. */
function scatteredFleet(random: Random): ProblemInput {
  const nodes = Array.from({ length: 12 }, (_, index) => {
    const size = index % 3 === 0 ? 2 : 1
    return { id: `n${index}`, capacity: { cpu: 8 * size, gpu: 2 * size }, costPerHour: size * (1 + (index % 2) / 10) }
  })
  const free = nodes.map(({ capacity }) => ({ ...capacity }))
  const deployments = Array.from({ length: 6 }, (_, index) => ({
    id: `d${index}`,
    demand: { cpu: 1 + (index % 3), gpu: [0, 0.25, 0.5, 1][index % 4] as number },
    startupSeconds: 30 + 30 * index
  }))
  const replicas = deployments.flatMap(({ id, demand }) =>
    Array.from({ length: 3 }, (_, number) => {
      const fits = nodes.filter((_, at) => {
        const room = free[at] as { cpu: number; gpu: number }
        return room.cpu >= demand.cpu && room.gpu >= Math.max(demand.gpu, demand.gpu > 0 ? 1 : 0)
      })
      const node = fits[Math.floor(random() * fits.length)]
      const room = free[nodes.indexOf(node as (typeof nodes)[number])] as { cpu: number; gpu: number }
      room.cpu -= demand.cpu
      room.gpu -= demand.gpu
      return { id: `${id}-${number}`, deployment: id, node: node?.id ?? null }
    })
  )
  const capacity = { cpu: 8, gpu: 2 }
  const nodeTypes = [{ type: 'spare', capacity, costPerHour: 1.2, maxNew: 6, provisionSeconds: 120 }]
  return { schemaVersion: 1, nodes, nodeTypes, deployments, replicas }
}

describe.each([1, 2])('fleet %i', (seed) => {
  test('after a plan that is proven there is nothing to do', async () => {
    const cluster = simulatedCluster(scatteredFleet(seededRandom(seed)), { seed })
    const trial = tryController({
      cluster,
      policy: { intervalSeconds: 600, stabilitySeconds: 60 },
      parts: { compact: (problem, options) => cluster.clock.outside(compact(problem, { ...options, workLimit: 800 })) }
    })
    await trial.runFor(6 * 3600)
    expect(trial.told('executing')).toHaveLength(1)
    expect(trial.told('executed')).toMatchObject([{ report: { outcome: 'completed' } }])
    expect(trial.controller.state().lastRound?.outcome).toBe('nothing-better')
  })

  test('a hundred small changes of demand move little, nothing twice within its cool-down, and nothing back', async () => {
    const random = seededRandom(seed)
    const cluster = simulatedCluster(scatteredFleet(random), { seed })
    const wanted = Array.from({ length: 6 }, () => 3)
    const change = (left: number) => {
      const which = Math.floor(random() * wanted.length)
      wanted[which] = Math.min(5, Math.max(1, (wanted[which] ?? 3) + (random() < 0.5 ? -1 : 1)))
      cluster.scale(`d${which}`, wanted[which])
      if (left > 0) cluster.clock.after(900_000, () => change(left - 1))
    }
    const trial = tryController({ cluster, policy: { intervalSeconds: 300 } })
    cluster.clock.after(3_600_000, () => change(100))
    await trial.runFor(104 * 900)
    let round = 0
    const moves = trial.events.flatMap((event) => {
      if (event.kind === 'round') round++
      if (event.kind !== 'executed') return []
      return event.report.moves
        .filter(({ from, to }) => from !== null && to !== null)
        .map((move) => ({ ...move, round, at: event.at / 1000 }))
    })
    const first = trial.told('executed')[0]?.at ?? 0
    const later = moves.filter(({ at }) => at * 1000 > first)
    // Every change is one in eighteen replicas: half a move for each, at most.
    expect(later.length).toBeLessThanOrEqual(50)
    const lastMoved = new Map<string, (typeof moves)[number]>()
    const left = new Map<string, number>()
    for (const move of moves) {
      const { replica, from, to, at } = move
      const deployment = replica.split(/[-+]/)[0] ?? ''
      const before = lastMoved.get(deployment)
      // What a plan that was cut short has left is planned anew at once, in the same round.
      if (before !== undefined && before.round !== move.round) expect(at - before.at).toBeGreaterThanOrEqual(1800)
      lastMoved.set(deployment, move)
      expect(at - (left.get(`${replica} ${to}`) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(3600)
      left.set(`${replica} ${from}`, at)
    }
    expect((await describeCluster(cluster)).unrest).toEqual([])
  })
})
