import type { Problem, Replica } from '../../../models/contract/problem.js'
import { groupBy } from '../../../models/grouping.js'

/** Losses that are alike: what is said of the first holds for each. */
export interface Loss {
  /** What is lost at a time: ids of nodes, or values of the label. */
  readonly alike: readonly string[]
  /** The nodes that are lost with the first. */
  readonly nodes: readonly string[]
  /** Replicas that run on them. */
  readonly replicas: number
  readonly costPerHour: number
}

/**
 * The losses of any one node, those alike together: nodes with the same capacity, cost, labels and flags and, device by device, the same
 * contents. Exchanging two of them maps placements to placements, so one loss is survived exactly when the other is. Only nodes that
 * host something are told: the loss of an empty one leaves everything in place.
 */
export function nodeLosses(problem: Problem): Loss[] {
  const byNode = groupBy(
    problem.replicas.filter(({ node }) => node !== null),
    ({ node }) => node as string
  )
  const hosting = problem.nodes.filter(({ id }) => byNode.has(id))
  const groups = groupBy(hosting, ({ id, capacity, costPerHour, labels, ...node }) => {
    const flags = [node.releasable, node.acceptsReplicas, node.mustEmpty]
    return JSON.stringify([sorted(capacity), costPerHour, sorted(labels), flags, contentsOf(byNode.get(id) ?? [])])
  })
  return [...groups.values()].map((group) => {
    const [{ id, costPerHour }] = group as [Problem['nodes'][number]]
    return { alike: group.map((node) => node.id), nodes: [id], replicas: byNode.get(id)?.length ?? 0, costPerHour }
  })
}

/** The losses of any one domain of a label. */
export function domainLosses(problem: Problem, topologyKey: string): Loss[] {
  const labelled = problem.nodes.filter(({ labels }) => Object.hasOwn(labels, topologyKey))
  const domains = groupBy(labelled, ({ labels }) => labels[topologyKey] as string)
  return [...domains].map(([domain, nodes]) => {
    const lost = new Set(nodes.map(({ id }) => id))
    return {
      alike: [domain],
      nodes: [...lost],
      replicas: problem.replicas.filter(({ node }) => node !== null && lost.has(node)).length,
      costPerHour: nodes.reduce((sum, { costPerHour }) => sum + costPerHour, 0)
    }
  })
}

function sorted(record: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1))
}

/** What runs on a node, whatever the replicas and devices are called: deployments, pins, and who shares a device with whom. */
function contentsOf(replicas: readonly Replica[]): unknown {
  const trait = ({ deployment, movable, moveCost }: Replica) =>
    JSON.stringify([deployment, movable ?? null, moveCost ?? null])
  const byDevice = new Map<string, string[]>()
  for (const replica of replicas) {
    for (const [resource, devices] of Object.entries(replica.devices ?? {})) {
      for (const device of devices) {
        const key = `${device} ${resource}`
        byDevice.set(key, [...(byDevice.get(key) ?? []), trait(replica)].sort())
      }
    }
  }
  const devices = [...byDevice].map(([key, sharers]) => [key.slice(key.indexOf(' ') + 1), ...sharers])
  return [replicas.map(trait).sort(), devices.map((device) => JSON.stringify(device)).sort()]
}
