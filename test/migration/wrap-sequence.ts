import { brokenRules } from '../../models/checker/broken-rules.js'
import type { Problem } from '../../models/contract/problem.js'
import { type Result, result as resultSchema } from '../../models/contract/result.js'
import type { Instance } from '../../models/instance/instance.js'
import { nameDevices } from '../../src/migration/assemble-plan.js'
import type { Sequence } from '../../src/migration/sequence.js'

/** The least Result around a sequence: objective recomputed, nothing proven. For checkers only. */
export function wrapSequence(problem: Problem, instance: Instance, sequence: Sequence): Result {
  const { target, plan } = sequence
  const devicesOf = (devices: readonly (readonly number[])[]) => {
    const named = nameDevices(instance, devices)
    return named === undefined ? {} : { devices: named }
  }
  const idOf = (node: number) => instance.nodes[node]?.id ?? ''
  const placement: Result['placement'] = []
  const active = new Set(instance.nodes.flatMap(({ index, releasable }) => (releasable ? [] : [index])))
  const before = new Set([...active, ...instance.copies.map(({ node }) => node)])
  let migrations = 0
  let moveCost = 0
  for (const [index, place] of target.copies.entries()) {
    const copy = instance.copies[index] as Instance['copies'][number]
    if (place === null) continue
    placement.push({ replica: copy.id, node: idOf(place.node), ...devicesOf(place.devices) })
    active.add(place.node)
    if (place.node === copy.node) continue
    migrations++
    moveCost += copy.moveCost
  }
  const listed = new Set(problem.replicas.map(({ id }) => id))
  for (const { id, deployment, node, devices } of target.newcomers) {
    const named = listed.has(id) ? {} : { deployment: instance.deployments[deployment]?.id ?? '' }
    placement.push({ replica: id, ...named, node: idOf(node), ...devicesOf(devices) })
    active.add(node)
  }
  for (const { node } of target.headroom) active.add(node)
  const costOf = (nodes: Iterable<number>) =>
    [...nodes].reduce((sum, node) => sum + (instance.nodes[node]?.costPerHour ?? 0), 0)
  const cost = costOf(active)
  const horizon = problem.objective.horizonHours
  const total = horizon === null ? cost : cost * horizon + moveCost * problem.objective.moveCostPrice
  const headroom = target.headroom.map(({ deployment, node, devices }) => ({
    deployment: instance.deployments[deployment]?.id ?? '',
    node: idOf(node),
    ...devicesOf(devices)
  }))
  const typeOf = ({ id, purchase }: Instance['nodes'][number]) => ({
    id,
    type: problem.nodeTypes[purchase]?.type ?? ''
  })
  const newNodes = [...active]
    .map((index) => instance.nodes[index] as Instance['nodes'][number])
    .filter(({ purchase }) => purchase >= 0)
    .map(typeOf)
  const rented = sequence.rentedNodes.map((index) => ({
    ...typeOf(instance.nodes[index] as Instance['nodes'][number]),
    rented: true
  }))
  const deploymentOf = new Map(problem.replicas.map(({ id, deployment }) => [id, deployment]))
  const placed = placement.map((entry) => ({
    ...entry,
    deployment: entry.deployment ?? deploymentOf.get(entry.replica) ?? ''
  }))
  return resultSchema.parse({
    schemaVersion: 1,
    problem: { fingerprint: 'sha256:0' },
    termination: 'time-limit',
    primalStatus: 'feasible',
    producer: 'greedy',
    objective: { costPerHour: cost, moveCost, migrations, activeNodes: active.size, total },
    bound: { costPerHour: 0, total: 0 },
    gap: total <= 1e-6 ? 0 : 1,
    initial: {
      costPerHour: costOf(before),
      activeNodes: before.size,
      listedCostPerHour: problem.nodes.reduce((sum, { costPerHour }) => sum + costPerHour, 0)
    },
    placement,
    assumedDevices: instance.copies
      .filter(({ devicesAssumed, state }) => devicesAssumed && state !== 'draining')
      .map(({ id, devices }) => ({ replica: id, devices: nameDevices(instance, devices) ?? {} })),
    headroom,
    unplaced: target.unplaced.map(({ id, deployment }) => ({
      replica: id,
      deployment: instance.deployments[deployment]?.id ?? ''
    })),
    violations: brokenRules(problem, placed, { newNodes, headroom }),
    newNodes: [...newNodes, ...rented],
    releasedNodes: sequence.releasedNodes.map(idOf),
    plan,
    solve: { seconds: 0 },
    explanation: {}
  })
}
