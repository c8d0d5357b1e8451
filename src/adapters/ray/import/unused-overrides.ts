import { formatPath } from '../../../../models/contract/describe-input.js'
import type { ImportNotes } from './import-notes.js'
import { replicaIdOf } from './import-replicas.js'
import { NODE_GROUP_LABEL } from './node-prices.js'
import type { ReadSnapshot } from './read-snapshot.js'

/** Says which overrides concern nothing that is there: misspelt, or about what is scaled to zero. */
export function noteUnusedOverrides({ overrides, nodes, deployments }: ReadSnapshot, notes: ImportNotes): void {
  const present: Readonly<Record<'nodeGroups' | 'nodes' | 'deployments' | 'replicas', ReadonlySet<string>>> = {
    nodeGroups: new Set(nodes.alive.flatMap(({ labels }) => labels[NODE_GROUP_LABEL] ?? [])),
    nodes: new Set(nodes.alive.flatMap(({ id, ip, nodeId }) => [id, ip, nodeId])),
    deployments: new Set(deployments.map(({ id }) => id)),
    replicas: new Set(
      deployments.flatMap((deployment) =>
        deployment.details.replicas.map(({ replica_id }) => replicaIdOf(deployment, replica_id))
      )
    )
  }
  for (const section of ['nodeGroups', 'nodes', 'deployments', 'replicas'] as const) {
    for (const key of Object.keys(overrides[section])) {
      if (present[section].has(key)) continue
      const reason = 'nothing in the cluster has this name now'
      notes.adapted.push({ kind: 'Override', id: formatPath([section, key]), code: 'unused', reason })
    }
  }
}
