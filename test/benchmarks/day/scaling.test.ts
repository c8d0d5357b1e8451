import { describe, expect, test } from 'vitest'
import { makeFleet } from '../../../benchmarks/day/fleet.mjs'
import { listMachines } from '../../../benchmarks/day/machines.mjs'
import { chooseMachine } from '../../../benchmarks/day/node-autoscaler.mjs'
import { findNode } from '../../../benchmarks/day/pack-placement.mjs'
import { ReplicaAutoscaler, setTarget } from '../../../benchmarks/day/replica-autoscaler.mjs'
import { ServingCluster } from '../../../benchmarks/day/serving-cluster.mjs'
import { describeCluster } from '../../../benchmarks/day/snapshot.mjs'
import { drawArrivals } from '../../../benchmarks/day/traffic.mjs'
import { parseProblem } from '../../../models/contract/parse.js'
import { SimulatedClock } from '../../../src/simulation/simulated-clock.js'

const services = makeFleet(1)
const machines = listMachines()
const named = (id: string) => {
  const service = services.find((candidate) => candidate.id === id)
  if (service === undefined) throw new Error(`there is no ${id}`)
  return service
}
const machine = (type: string) => {
  const found = machines.find((candidate) => candidate.type === type)
  if (found === undefined) throw new Error(`there is no ${type}`)
  return found
}
const open = (...ids: string[]) => new ServingCluster(ids.map(named), machines, new SimulatedClock(), 1, () => {})

/** A node that is there. */
const add = (cluster: ServingCluster, type: string) => cluster.pool.buy(machine(type), { isThere: true })

function start(cluster: ServingCluster, id: string, node: ReturnType<typeof add>) {
  const deployment = cluster.deployments.get(id)
  if (deployment === undefined) throw new Error(`there is no ${id}`)
  const replica = cluster.addReplica(deployment)
  for (const pending of cluster.pending) if (pending.replica === replica) cluster.settle(pending, true)
  const devices = node.findRoom(replica.service) ?? []
  return cluster.start(replica, node, devices, { cause: 'scale', isReady: true })
}

describe('the fleet of a seed', () => {
  test('is the same each time, and so is what comes to it', () => {
    expect(makeFleet(1)).toEqual(services)
    expect(makeFleet(2)).not.toEqual(services)
    expect(drawArrivals(services.slice(0, 3), 600, 7)).toEqual(drawArrivals(services.slice(0, 3), 600, 7))
  })

  test('as many requests come as the rates say', () => {
    const service = named('chat-3b-1')
    const [arrivals = new Uint16Array()] = drawArrivals([service], 86_400, 1)
    const expected = service.ratesPerSecond.reduce((sum, rate) => sum + rate * 600, 0)
    expect(arrivals.reduce((sum, count) => sum + count, 0) / expected).toBeCloseTo(1, 1)
  })

  test('every model fits on some machine', () => {
    for (const service of services) expect(chooseMachine(machines, [service])).toBeDefined()
  })
})

describe('placement', () => {
  test('shares of a GPU go to the fullest one that has room, whole ones to free GPUs only', () => {
    const cluster = open('rerank-1', 'embed-1', 'chat-3b-1')
    const node = add(cluster, 'g6.12xlarge')
    const devices = ['rerank-1', 'embed-1', 'chat-3b-1', 'rerank-1', 'embed-1'].map(
      (id) => start(cluster, id, node).devices
    )
    expect(devices).toEqual([[0], [0], [1], [2], [0]])
  })

  test('nodes with something on them first, those being emptied by Ray next, idle ones last, closed ones never', () => {
    const cluster = open('chat-3b-1')
    const [idle, used, compacting, closed] = Array.from({ length: 4 }, () => add(cluster, 'g6.12xlarge'))
    if (!idle || !used || !compacting || !closed) throw new Error('four were asked for')
    start(cluster, 'chat-3b-1', used)
    start(cluster, 'chat-3b-1', compacting)
    compacting.isCompacting = true
    cluster.setClosed(closed, true)
    const chosen = [used, compacting, idle].map((expected) => {
      const found = findNode(cluster.nodes.values(), named('chat-3b-1'))?.node
      cluster.setClosed(expected, true)
      return found === expected
    })
    expect(chosen).toEqual([true, true, true])
    expect(findNode(cluster.nodes.values(), named('chat-3b-1'))).toBeNull()
  })

  test('one pair of GPUs is bought large, one GPU small', () => {
    expect(chooseMachine(machines, [named('chat-13b-1')])?.type).toBe('g6.12xlarge')
    expect(chooseMachine(machines, [named('chat-3b-1')])?.type).toBe('g6.2xlarge')
    expect(chooseMachine(machines, Array(4).fill(named('chat-3b-1')))?.type).toBe('g6.2xlarge')
  })
})

describe('replicas follow requests', () => {
  test('up after half a minute, down after ten', () => {
    const cluster = open('chat-3b-1')
    const deployment = cluster.deployments.get('chat-3b-1')
    if (deployment === undefined) throw new Error('it is there')
    setTarget(cluster, deployment, 2)
    const scaler = new ReplicaAutoscaler(cluster, deployment)
    const targets: number[] = []
    for (let second = 0; second < 1000; second++) {
      // For a minute four replicas' worth waits, then nothing.
      const { desk, service } = deployment
      Object.defineProperty(desk, 'ongoing', { value: second < 60 ? 4 * service.targetOngoing : 0, configurable: true })
      scaler.tick(second)
      targets.push(deployment.target)
    }
    expect(targets.indexOf(4)).toBe(30)
    expect(targets.lastIndexOf(4)).toBeGreaterThanOrEqual(660)
    expect(targets.at(-1)).toBe(2)
  })

  test('who goes is on the node with the fewest replicas, the newest first', () => {
    const cluster = open('chat-3b-1', 'embed-1')
    const [crowded, lonely] = [add(cluster, 'g6.12xlarge'), add(cluster, 'g6.12xlarge')]
    start(cluster, 'embed-1', crowded)
    start(cluster, 'chat-3b-1', crowded)
    const last = [start(cluster, 'chat-3b-1', lonely), start(cluster, 'chat-3b-1', crowded)]
    const deployment = cluster.deployments.get('chat-3b-1')
    if (deployment === undefined) throw new Error('it is there')
    setTarget(cluster, deployment, 2)
    expect(last.map(({ replica }) => replica.isRetired)).toEqual([true, false])
  })
})

test('a snapshot is a Problem: both copies of a replica that moves, and what drains', () => {
  const cluster = open('chat-3b-1')
  const [from, to] = [add(cluster, 'g6.12xlarge'), add(cluster, 'g6.2xlarge')]
  const old = start(cluster, 'chat-3b-1', from)
  const devices = to.findRoom(old.replica.service) ?? []
  cluster.start(old.replica, to, devices, { cause: 'move', opensWhenReady: false })
  const states = () =>
    parseProblem(describeCluster(cluster)).replicas.map(({ id, node, state, replaces }) => [id, node, state, replaces])
  expect(states()).toEqual([
    ['chat-3b-1#1', from.id, 'running', undefined],
    ['chat-3b-1#1~3', to.id, 'starting', 'chat-3b-1#1']
  ])
  cluster.drain(old, 'move', false)
  expect(states()).toEqual([
    ['chat-3b-1#1~2', from.id, 'draining', undefined],
    ['chat-3b-1#1', to.id, 'starting', 'chat-3b-1#1~2']
  ])
})
