import { formatPath } from '../../../../../models/contract/describe-input.js'
import type { ProblemInput } from '../../../../../models/contract/problem.js'
import type { ImportNotes } from '../import-notes.js'
import type { NodeChoices } from '../labels/node-choice.js'
import type { LogicalUsage } from '../payloads/logical-usage.js'
import { lookUp } from '../payloads/mappings.js'
import { isCapacity, isDeviceResource, toProblemAmounts } from '../resource-names.js'
import { ACCELERATOR_LABEL, type ClusterNode, NODE_ID_LABEL } from './cluster-nodes.js'
import {
  INSTANCE_TYPE_LABELS,
  MARKET_TYPE_LABEL,
  NODE_GROUP_LABEL,
  type NodePrices,
  REGION_LABEL,
  ZONE_LABEL
} from './node-prices.js'

type NodeInput = ProblemInput['nodes'][number]

/** Labels that are kept for people, whether or not anything names them. */
const KEPT_LABELS = [
  NODE_ID_LABEL,
  NODE_GROUP_LABEL,
  MARKET_TYPE_LABEL,
  ZONE_LABEL,
  REGION_LABEL,
  ACCELERATOR_LABEL,
  ...INSTANCE_TYPE_LABELS
]

/** What is known of the nodes beside themselves. */
export interface NodeSurroundings {
  readonly prices: NodePrices
  readonly choices: NodeChoices
  /** Hexadecimal ids of nodes that drain. */
  readonly draining: ReadonlySet<string>
  readonly usage: ReadonlyMap<string, LogicalUsage>
  /** What the replicas on each node hold, in names and units of Ray, by hexadecimal id. */
  readonly held: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Resources that some replica asks for. */
  readonly demanded: ReadonlySet<string>
}

/** A node as the Problem has it: what replicas may use, what it costs, and whether it may go. */
export function importNode(node: ClusterNode, surroundings: NodeSurroundings, notes: ImportNotes): NodeInput {
  const { id, isHead, labels, override, nodeId, resources, ip } = node
  const { prices, choices, draining, demanded } = surroundings
  const remark = { kind: 'Node', id }
  const other = otherUsageOf(node, surroundings, notes)
  const isDraining = draining.has(nodeId)
  if (isHead) {
    notes.pinned.push({ ...remark, code: 'head', reason: 'the head is never given back: with it a cluster ends' })
    if (override.releasable === true || override.mustEmpty === true) {
      const place = formatPath(['nodes', id])
      notes.issues.push({ path: `overrides ${place}`, found: 'the head of the cluster', expected: 'another node' })
    }
  } else if (other.size > 0 && override.releasable === undefined) {
    const reason = `others than Serve hold ${[...other].map(([name, amount]) => `${amount} ${name}`).join(', ')}`
    const remedy = 'overrides: releasable: true for this node, if they may go'
    notes.pinned.push({ ...remark, code: 'other-usage', reason, remedy })
  }
  if (isDraining) {
    const reason = `${ip} drains, which nobody can take back: it must be empty in the end`
    notes.adapted.push({ ...remark, code: 'draining', reason })
  }
  const type = prices.typeOf(node)
  const capacity = Object.entries(resources)
    .filter(([resource]) => isCapacity(resource, (name) => demanded.has(name)))
    .map(([resource, total]) => [resource, capacityOf(node, resource, total, other.get(resource) ?? 0, notes)] as const)
  const kept = [...KEPT_LABELS, ...choices.usedLabels].filter((label) => Object.hasOwn(labels, label))
  return {
    id,
    ...(type === undefined ? {} : { type }),
    capacity: toProblemAmounts(capacity),
    costPerHour: prices.priceOf(node),
    labels: {
      ...Object.fromEntries(kept.map((label) => [label, labels[label] as string])),
      ...choices.ownLabels(labels)
    },
    releasable: override.releasable ?? !(isHead || other.size > 0),
    acceptsReplicas: override.acceptsReplicas ?? !isDraining,
    mustEmpty: override.mustEmpty ?? (isDraining && !isHead)
  }
}

/** What others than Serve hold: as the operator says, else what is in use beyond what the replicas hold. */
function otherUsageOf(
  node: ClusterNode,
  { usage, held }: NodeSurroundings,
  notes: ImportNotes
): ReadonlyMap<string, number> {
  const { override, nodeId, id, resources } = node
  if (override.otherUsage !== undefined) return new Map(Object.entries(override.otherUsage))
  const excess = new Map<string, number>()
  for (const [resource, { used, within }] of usage.get(nodeId) ?? []) {
    if (!isCapacity(resource, () => false)) continue
    const more = Math.min(used, lookUp(resources, resource) ?? 0) - (held.get(nodeId)?.get(resource) ?? 0)
    if (more > within + 1e-6) excess.set(resource, Math.round(more * 1e4) / 1e4)
  }
  if (excess.size > 0) {
    const reason = 'the dashboard says that more is in use than replicas hold; it is taken off'
    const remedy = 'overrides: otherUsage for this node, to say it otherwise'
    notes.adapted.push({ kind: 'Node', id, code: 'other-usage', reason, remedy })
  }
  return excess
}

/** What is left of a resource; a device that somebody else has a share of is nobody's here. */
function capacityOf(node: ClusterNode, resource: string, total: number, other: number, notes: ImportNotes): number {
  const whole = isDeviceResource(resource) ? Math.floor(total) : total
  const taken = isDeviceResource(resource) ? Math.ceil(other) : other
  if (whole !== total) {
    const reason = `${total} ${resource} are ${whole} whole devices`
    notes.adapted.push({ kind: 'Node', id: node.id, code: 'part-of-a-device', reason })
  }
  if (taken > whole) {
    const path = `overrides ${formatPath(['nodes', node.id, 'otherUsage', resource])}`
    notes.issues.push({ path, found: String(other), expected: `at most ${total}, which the node has` })
    return 0
  }
  return whole - taken
}
