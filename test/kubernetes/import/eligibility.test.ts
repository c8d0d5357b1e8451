import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { mayStart } from '../../../models/instance/instance.js'
import { importObjects } from './cluster-objects.js'
import { type DrawnCluster, drawCluster, toObjects } from './random-cluster.js'
import { type Placed, passesNodeFilters, passesPodAffinity, passesPorts, type SchedulerPod } from './scheduler.js'

const RUNS = { numRuns: 250, seed: 9 }

describe('where pods may start', () => {
  it('on an empty cluster is where the scheduler would let them', () => {
    fc.assert(
      fc.property(drawCluster(false), (cluster) => {
        const { problem } = importObjects(toObjects(cluster), { pending: 'best-effort' })
        const instance = compileInstance(problem)
        const fixed = daemonsOf(cluster)
        for (const { name, pod } of cluster.workloads) {
          const deployment = indexOf(problem, pod, name)
          const started = cluster.nodes
            .filter((_, node) => mayStart(instance, deployment, node))
            .map((node) => node.name)
          expect(started).toEqual(allowed(cluster, pod, fixed))
        }
      }),
      RUNS
    )
  })

  it('beside the pods that are there is where neither rules nor the scheduler forbid it', () => {
    fc.assert(
      fc.property(drawCluster(false), (cluster) => {
        const { problem } = importObjects(toObjects(cluster))
        const placed = placedOf(cluster)
        for (const { name, pod } of cluster.workloads) {
          expect(admitted(problem, indexOf(problem, pod, name))).toEqual(allowed(cluster, pod, placed))
        }
      }),
      RUNS
    )
  })

  it('never is where the scheduler would refuse a pod that must be near others', () => {
    let pinned = 0
    let compared = 0
    fc.assert(
      fc.property(drawCluster(true), (cluster) => {
        const { problem } = importObjects(toObjects(cluster))
        const placed = placedOf(cluster)
        for (const { name, pod } of cluster.workloads) {
          const deployment = indexOf(problem, pod, name)
          const { movable, id } = problem.deployments[deployment] ?? {}
          const waits = problem.replicas.some((replica) => replica.deployment === id && replica.node === null)
          // A deployment that is not there had only pods of which nobody knows where they may start.
          if (id === undefined || (movable === false && !waits)) {
            pinned++
            continue
          }
          compared++
          const may = allowed(cluster, pod, placed)
          expect(admitted(problem, deployment).filter((node) => !may.includes(node))).toEqual([])
        }
      }),
      RUNS
    )
    // Not everything is pinned: most of it is said in rules.
    expect(compared).toBeGreaterThan(2 * pinned)
  })
})

function indexOf(problem: Problem, pod: SchedulerPod, name: string): number {
  return problem.deployments.findIndex(({ id }) => id === `${pod.namespace}/deployment/${name}`)
}

function daemonsOf({ daemons }: DrawnCluster): Placed[] {
  return daemons.flatMap(({ pod, nodes }) => nodes.map((node) => ({ pod, node })))
}

function placedOf(cluster: DrawnCluster): Placed[] {
  const running = cluster.workloads.flatMap(({ pod, nodes }) =>
    nodes.flatMap((node) => (node === null ? [] : [{ pod, node }]))
  )
  return [...daemonsOf(cluster), ...running]
}

/** Where the scheduler lets a pod start, when only daemons hold resources. */
function allowed(cluster: DrawnCluster, pod: SchedulerPod, placed: readonly Placed[]): string[] {
  const daemons = daemonsOf(cluster)
  return cluster.nodes.flatMap((node) => {
    const held = daemons.reduce((sum, other) => (other.node === node ? sum + other.pod.cpu : sum), 0)
    const fits = pod.cpu === 0 || pod.cpu <= node.cpu - held
    const may =
      fits &&
      passesNodeFilters(pod, node) &&
      passesPorts(pod, node, placed) &&
      passesPodAffinity(pod, node, placed, cluster.namespaces)
    return may ? [node.name] : []
  })
}

/** Where the Problem lets one more copy start: an eligible node, and no continuous rule broken by it. */
function admitted(problem: Problem, deployment: number): string[] {
  const instance = compileInstance(problem)
  const { id, maxReplicasPerNode = Number.POSITIVE_INFINITY } = problem.deployments[
    deployment
  ] as Problem['deployments'][number]
  return problem.nodes.flatMap((node, index) => {
    if (!mayStart(instance, deployment, index)) return []
    const inDomain = (topologyKey: string, members: readonly string[]) => {
      const domain = topologyKey === 'node' ? node.id : node.labels[topologyKey]
      if (domain === undefined) return 0
      return problem.replicas.filter(({ deployment: owner, node: place }) => {
        const other = problem.nodes.find((each) => each.id === place)
        if (other === undefined || !members.includes(owner)) return false
        return (topologyKey === 'node' ? other.id : other.labels[topologyKey]) === domain
      }).length
    }
    const isBroken = problem.rules.some((rule) => {
      if (rule.kind === 'anti-affinity') {
        const hasDomain = rule.topologyKey === 'node' || node.labels[rule.topologyKey] !== undefined
        return rule.deployments.includes(id) && hasDomain && inDomain(rule.topologyKey, rule.deployments) >= rule.max
      }
      if (rule.kind !== 'conflict') return false
      const [left, right] = rule.between
      const others = left.includes(id) ? right : right.includes(id) ? left : []
      return inDomain(rule.topologyKey, others) > 0
    })
    return isBroken || inDomain('node', [id]) >= maxReplicasPerNode ? [] : [node.id]
  })
}
