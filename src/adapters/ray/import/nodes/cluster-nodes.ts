import { describeValue } from '../../../../../models/contract/describe-input.js'
import { groupBy } from '../../../../../models/grouping.js'
import type { ImportNotes } from '../import-notes.js'
import type { NodeOverride, RayOverrides } from '../overrides/overrides.js'
import { lookUp } from '../payloads/mappings.js'
import type { RayNode } from '../payloads/node-payload.js'
import { ACCELERATOR_PREFIX } from '../resource-names.js'

/** Names the node of a Problem by Ray's hexadecimal id. */
export const NODE_ID_LABEL = 'ray.io/node-id'
export const ACCELERATOR_LABEL = 'ray.io/accelerator-type'

/** A node that is alive, and what the operator says of it. */
export interface ClusterNode extends RayNode {
  /** Its name in the Problem. */
  readonly id: string
  readonly override: NodeOverride
}

/** The nodes by the names that payloads and overrides have for them. */
export interface ClusterNodes {
  readonly alive: readonly ClusterNode[]
  readonly byNodeId: ReadonlyMap<string, ClusterNode>
  readonly deadIds: ReadonlySet<string>
  /** Whether a resource is a mark of accelerators that a label of every node says as well. */
  readonly isLabel: (resource: string) => boolean
  /** By address, hexadecimal id, or id in the Problem. */
  find(name: string): ClusterNode | undefined
}

/** Names the nodes that are alive: by address where no other has it, else with the beginning of the hexadecimal id. */
export function nameNodes(nodes: readonly RayNode[], overrides: RayOverrides, notes: ImportNotes): ClusterNodes {
  const byId = groupBy(nodes, ({ nodeId }) => nodeId)
  for (const [nodeId, [first, second]] of byId) {
    if (first === undefined || second === undefined) continue
    const expected = `an id of its own: ${first.place} has this one`
    notes.issues.push({ path: second.place, found: describeValue(nodeId), expected })
  }
  const living = [...byId.values()].flatMap(([first]) => (first?.isAlive === true ? [first] : []))
  const byAddress = groupBy(living, ({ ip }) => ip)
  const areAcceleratorsLabels = living.every(isLabelledLikeItsAccelerator)
  const taken = new Set<string>()
  const alive = living.map((node) => {
    const short = `${node.ip}~${node.nodeId.slice(0, 8)}`
    const names = byAddress.get(node.ip)?.length === 1 ? [node.ip] : []
    const id = [...names, short, `${node.ip}~${node.nodeId}`].find((name) => !taken.has(name)) ?? node.nodeId
    taken.add(id)
    return { ...node, id, labels: labelsOf(node, areAcceleratorsLabels), override: overrideOf(overrides, node, id) }
  })
  for (const { ip, nodeId, isAlive } of nodes) {
    if (isAlive) continue
    notes.leftOut.push({ kind: 'Node', id: `${ip}~${nodeId.slice(0, 8)}`, code: 'dead', reason: 'the node is dead' })
  }
  const byNodeId = new Map(alive.map((node) => [node.nodeId, node]))
  const byName = new Map(alive.map((node) => [node.id, node]))
  const find = (name: string) => byName.get(name) ?? byNodeId.get(name)
  const deadIds = new Set(nodes.flatMap(({ isAlive, nodeId }) => (isAlive ? [] : [nodeId])))
  const isLabel = (resource: string) => areAcceleratorsLabels && resource.startsWith(ACCELERATOR_PREFIX)
  return { alive, byNodeId, deadIds, isLabel, find }
}

function overrideOf({ nodes }: RayOverrides, { ip, nodeId }: RayNode, id: string): NodeOverride {
  return { ...lookUp(nodes, ip), ...lookUp(nodes, nodeId), ...lookUp(nodes, id) }
}

function acceleratorsOf({ resources }: RayNode): string[] {
  return Object.keys(resources).flatMap((resource) =>
    resource.startsWith(ACCELERATOR_PREFIX) ? [resource.slice(ACCELERATOR_PREFIX.length)] : []
  )
}

function isLabelledLikeItsAccelerator(node: RayNode): boolean {
  const accelerators = acceleratorsOf(node)
  const label = lookUp(node.labels, ACCELERATOR_LABEL)
  return accelerators.length <= 1 && (label === undefined || label === accelerators[0])
}

function labelsOf(node: RayNode, areAcceleratorsLabels: boolean): Readonly<Record<string, string>> {
  const [accelerator] = areAcceleratorsLabels ? acceleratorsOf(node) : []
  return {
    ...node.labels,
    [NODE_ID_LABEL]: node.nodeId,
    ...(accelerator === undefined ? {} : { [ACCELERATOR_LABEL]: accelerator })
  }
}
