import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compact } from '../../../src/compact.js'
import { importObjects } from './cluster-objects.js'
import { type DrawnCluster, drawCluster, toObjects } from './random-cluster.js'
import {
  type Placed,
  passesNodeFilters,
  passesPodAffinity,
  passesPorts,
  type SchedulerNode,
  type SchedulerPod
} from './scheduler.js'

describe('a plan for an imported cluster', () => {
  it('starts pods only where the scheduler would let them at that moment', async () => {
    let starts = 0
    await fc.assert(
      fc.asyncProperty(drawCluster(true), async (cluster) => {
        const { problem } = importObjects(toObjects(cluster))
        // Where nothing may be placed there is nothing to follow.
        if (problem.replicas.length === 0) return
        const { plan, primalStatus } = await compact(problem, { solver: 'greedy', workLimit: 200, threads: 1 })
        expect(primalStatus).toBe('feasible')
        const running = startOf(cluster)
        for (const step of plan.steps) {
          if (step.action === 'start') {
            const pod = podOf(
              cluster,
              step.deployment ?? problem.replicas.find(({ id }) => id === step.replica)?.deployment
            )
            const node = cluster.nodes.find(({ name }) => name === step.node) as SchedulerNode
            expect(refusals(cluster, pod, node, [...running.values()])).toEqual([])
            running.set(`${step.replica} ${step.node}`, { pod, node })
            starts++
          } else if (step.action === 'stop') running.delete(`${step.replica} ${step.node}`)
        }
      }),
      { numRuns: 200, seed: 3 }
    )
    expect(starts).toBeGreaterThan(50)
  })
})

/** Everything that runs now, by replica and node. */
function startOf({ workloads, daemons }: DrawnCluster): Map<string, Placed> {
  const running = new Map<string, Placed>()
  for (const { name, pod, nodes } of workloads) {
    for (const [index, node] of nodes.entries()) {
      if (node !== null) running.set(`${pod.namespace}/${name}-abc12-${index} ${node.name}`, { pod, node })
    }
  }
  for (const [index, { pod, nodes }] of daemons.entries()) {
    for (const node of nodes) running.set(`daemon ${index} ${node.name}`, { pod, node })
  }
  return running
}

function podOf({ workloads }: DrawnCluster, deployment: string | undefined): SchedulerPod {
  const found = workloads.find(({ name, pod }) => `${pod.namespace}/deployment/${name}` === deployment)
  if (found === undefined) throw new Error(`no workload ${deployment}`)
  return found.pod
}

/** The filters of the scheduler that refuse a pod. */
function refusals(
  { namespaces }: DrawnCluster,
  pod: SchedulerPod,
  node: SchedulerNode,
  placed: readonly Placed[]
): string[] {
  const held = placed.reduce((sum, other) => (other.node === node ? sum + other.pod.cpu : sum), 0)
  return [
    ...(pod.cpu === 0 || held + pod.cpu <= node.cpu ? [] : ['resources']),
    ...(passesNodeFilters(pod, node) ? [] : ['node']),
    ...(passesPorts(pod, node, placed) ? [] : ['ports']),
    ...(passesPodAffinity(pod, node, placed, namespaces) ? [] : ['pod affinity'])
  ]
}
