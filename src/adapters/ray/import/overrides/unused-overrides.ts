import { formatPath } from '../../../../../models/contract/describe-input.js'
import { replicaIdOf } from '../deployments/import-replicas.js'
import type { ImportNotes } from '../import-notes.js'
import { NODE_GROUP_LABEL } from '../nodes/node-prices.js'
import type { ReadSnapshot } from '../read-snapshot.js'

/** Says which overrides concern nothing that is there: misspelt, or about what is scaled to zero. */
export function noteUnusedOverrides({ overrides, nodes, deployments }: ReadSnapshot, notes: ImportNotes): void {
  const names = {
    nodeGroups: () => nodes.alive.flatMap(({ labels }) => labels[NODE_GROUP_LABEL] ?? []),
    nodes: () => nodes.alive.flatMap(({ id, ip, nodeId }) => [id, ip, nodeId]),
    deployments: () => deployments.map(({ id }) => id),
    replicas: () =>
      deployments.flatMap((deployment) =>
        deployment.details.replicas.map(({ replica_id }) => replicaIdOf(deployment, replica_id))
      )
  }
  for (const section of ['nodeGroups', 'nodes', 'deployments', 'replicas'] as const) {
    const keys = Object.keys(overrides[section])
    if (keys.length === 0) continue
    const present = new Set(names[section]())
    for (const key of keys) {
      if (present.has(key)) continue
      const reason = 'nothing in the cluster has this name now'
      notes.adapted.push({ kind: 'Override', id: formatPath([section, key]), code: 'unused', reason })
    }
  }
}
