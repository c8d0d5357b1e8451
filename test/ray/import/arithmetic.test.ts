import fc from 'fast-check'
import { expect, test } from 'vitest'
import { importCluster } from './import-cluster.js'
import { drawnCluster } from './random-cluster.js'

/** What one replica holds by hand: the sum of its bundles, else what its actor asks for. */
function demandByHand(
  actor: Readonly<Record<string, number>>,
  bundles: readonly Readonly<Record<string, number>>[] | null
) {
  const parts = bundles ?? [actor]
  const sum = (name: string) => parts.reduce((total, part) => total + (part[name] ?? 0), 0)
  const amounts = { cpu: sum('CPU'), gpu: sum('GPU'), memory: sum('memory') / 1024 ** 3 }
  return Object.fromEntries(Object.entries(amounts).filter(([, amount]) => amount > 0))
}

const LEAVING = ['STOPPING', 'PENDING_MIGRATION']

test('what is imported of any cluster is what was drawn, by an arithmetic of its own', () => {
  fc.assert(
    fc.property(drawnCluster, ({ nodes, deployments, applications, overrides }) => {
      const { problem, report } = importCluster(nodes, applications, overrides, {})
      const imported = new Map(problem.deployments.map((deployment) => [deployment.id, deployment]))
      const replicas = new Map(problem.replicas.map((replica) => [replica.id, replica]))
      expect(imported.size).toBe(deployments.length)
      for (const { app, name, actor, bundles, maxReplicasPerNode, hosts, states, target, moveCost } of deployments) {
        const found = imported.get(`${app}/${name}`)
        const stuck = hosts.filter(
          (host, index) => host !== null && nodes[host]?.isHead === true && !LEAVING.includes(states[index] as string)
        ).length
        expect(found?.demand).toEqual(demandByHand(actor, bundles))
        expect(found?.maxReplicasPerNode).toBe(maxReplicasPerNode ?? undefined)
        expect(found).toMatchObject({ moveCost, startupSeconds: 5, replicas: Math.max(target, stuck), movable: true })
        for (const [index, host] of hosts.entries()) {
          const replica = replicas.get(`${app}#${name}#r${index}`)
          expect(replica?.node).toBe(host === null ? null : nodes[host]?.ip)
          if (host !== null) expect(replica?.state === 'draining').toBe(LEAVING.includes(states[index] as string))
        }
      }
      expect(replicas.size).toBe(deployments.reduce((sum, { hosts }) => sum + hosts.length, 0))
      for (const [index, node] of problem.nodes.entries()) {
        expect(node.releasable).toBe(nodes[index]?.isHead !== true)
        expect(node.capacity).toMatchObject({ cpu: 1000, gpu: 400 })
      }
      expect(report.imported.replicas).toBe(report.read.Replica)
      expect(report.prices.reduce((sum, { nodes: count }) => sum + count, 0)).toBe(nodes.length)
    }),
    { seed: 9, numRuns: 120 }
  )
})
