import { describeValue, formatPath } from '../../../../../models/contract/describe-input.js'
import type { ImportNotes } from '../import-notes.js'
import type { ClusterNode, ClusterNodes } from '../nodes/cluster-nodes.js'
import type { ImportedReplica } from './import-replicas.js'
import type { ReplicaShape } from './ray-deployment.js'

/** The node of a part of a replica; null: it waits for one; undefined: it counts elsewhere, or is missing. */
export function nodeOfPart(
  { group, parts }: ReplicaShape,
  { id, node, override }: ImportedReplica,
  index: number,
  { nodes, isUsageKnown }: { readonly nodes: ClusterNodes; readonly isUsageKnown: boolean },
  notes: ImportNotes
): ClusterNode | null | undefined {
  if (parts.length === 1 || group?.strategy === 'STRICT_PACK') return node
  const { bundleNodes } = override
  if (bundleNodes === undefined) {
    if (index === 0) return node
    if (!isUsageKnown) {
      notes.missing.add({
        section: 'replicas',
        key: id,
        field: 'bundleNodes',
        found: `nothing, and Ray does not show where the ${parts.length} bundles of a ${group?.strategy} group are`,
        expected: `a list of ${parts.length} addresses or ids of nodes, or GET /nodes?view=summary as one more document`
      })
    } else if (index === 1) {
      const reason = 'where its other bundles are is not shown; they count as what others hold on their nodes'
      notes.adapted.push({ kind: 'Replica', id, code: 'bundles-elsewhere', reason, remedy: 'overrides: bundleNodes' })
    }
    return undefined
  }
  const path = `overrides ${formatPath(['replicas', id, 'bundleNodes'])}`
  if (bundleNodes.length !== parts.length) {
    if (index > 0) return undefined
    const expected = `one for each of the ${parts.length} bundles`
    notes.issues.push({ path, found: `a list of ${bundleNodes.length}`, expected })
    return undefined
  }
  const found = nodes.find(bundleNodes[index] as string)
  if (found === undefined || (index === 0 && found !== node)) {
    const expected = index === 0 ? `${node?.id}, where its actor is` : 'a node that is alive'
    notes.issues.push({ path: `${path}[${index}]`, found: describeValue(bundleNodes[index]), expected })
  }
  return found
}
