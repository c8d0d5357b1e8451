import type { ProblemInput } from 'replica-compactor'
import { between, pick, seededRandom } from '../../../benchmarks/families/random.mjs'
import type { Deployment, Node } from './simulated-cluster.js'

/**
 * A small cluster whose replicas hold awkward shares of GPUs, so that what is free in sum is often in pieces. Nothing is overfull, and
 * there are no rules.
 */
export function randomShares(seed: number): ProblemInput {
  const random = seededRandom(seed)
  const chance = (share: number) => random() < share
  const nodes = Array.from({ length: between(random, 3, 10) }, (_, index): Node & { devices: number[] } => {
    const gpu = pick(random, [0, 1, 2, 2, 4])
    return {
      id: `n${index}`,
      capacity: { cpu: pick(random, [8, 8, 16]), memory: pick(random, [16, 32]), gpu },
      costPerHour: between(random, 1, 9),
      labels: { zone: pick(random, ['a', 'b']) },
      releasable: !chance(0.1),
      devices: new Array<number>(gpu).fill(0)
    }
  })
  const deployments = Array.from(
    { length: between(random, 2, 6) },
    (_, index): Deployment => ({
      id: `d${index}`,
      demand: {
        cpu: pick(random, [0.5, 1, 2, 3]),
        memory: between(random, 1, 6),
        gpu: pick(random, [0, 0.3, 0.4, 0.6, 1, 2])
      },
      ...(chance(0.2) ? { maxReplicasPerNode: between(random, 1, 2) } : {}),
      ...(chance(0.2) ? { nodeSelector: { zone: 'a' } } : {})
    })
  )
  const held = nodes.map(() => ({ cpu: 0, memory: 0 }))
  const replicas: ProblemInput['replicas'] = []
  for (let number = 0, wanted = between(random, 4, 24); number < wanted; number++) {
    const { id, demand, maxReplicasPerNode = Number.POSITIVE_INFINITY, nodeSelector } = pick(random, deployments)
    const { cpu = 0, memory = 0, gpu = 0 } = demand
    const fitting = nodes.flatMap(({ id: node, capacity, devices, labels = {} }, index) => {
      const together = replicas.filter((replica) => replica.deployment === id && replica.node === node).length
      const [ownCpu, ownMemory] = [held[index]?.cpu ?? 0, held[index]?.memory ?? 0]
      if (ownCpu + cpu > (capacity.cpu ?? 0) || ownMemory + memory > (capacity.memory ?? 0)) return []
      if (together >= maxReplicasPerNode || (nodeSelector !== undefined && labels.zone !== 'a')) return []
      const free = [...devices.keys()].filter((device) => (devices[device] ?? 0) + Math.min(1, gpu) <= 1 + 1e-9)
      const seats = free.slice(0, Math.ceil(gpu))
      return seats.length < Math.ceil(gpu) ? [] : [{ index, seats }]
    })
    if (fitting.length === 0) continue
    const { index, seats } = pick(random, fitting)
    const [node, amounts] = [nodes[index], held[index]]
    if (node === undefined || amounts === undefined) continue
    amounts.cpu += cpu
    amounts.memory += memory
    for (const device of seats) node.devices[device] = (node.devices[device] ?? 0) + Math.min(1, gpu)
    replicas.push({ id: `r${number}`, deployment: id, node: node.id, ...(gpu > 0 ? { devices: { gpu: seats } } : {}) })
  }
  return {
    schemaVersion: 1,
    name: `shares-${seed}`,
    nodes: nodes.map(({ devices: _, ...node }) => node),
    deployments,
    replicas
  }
}
