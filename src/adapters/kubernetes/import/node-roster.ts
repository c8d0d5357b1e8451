import type { Labels } from '../../../../models/contract/quantities.js'
import { appendTo } from '../../../../models/grouping.js'
import { labelOf } from '../../../../models/instance/selector.js'
import type { Node } from '../objects/node.js'
import type { Place } from './faults.js'
import type { LabelConditions } from './label-conditions.js'
import type { SelectableNode } from './node-terms.js'
import type { Placed } from './snapshot.js'
import { type HardTaint, isHard } from './taints.js'

/** A node of the cluster, and what becomes of it. */
export interface ImportedNode extends SelectableNode {
  readonly index: number
  readonly object: Node
  readonly place: Place
  readonly taints: readonly HardTaint[]
  /** Labels that the import itself sets, in the place of what a selector cannot say. Their names have a colon: no label of Kubernetes has. */
  readonly marks: Map<string, string>
  acceptsReplicas: boolean
}

const HOSTNAME = 'kubernetes.io/hostname'

/** Labels that people look for, kept whether or not anything refers to them. */
const LABELS_FOR_PEOPLE = [
  'node.kubernetes.io/instance-type',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'kubernetes.io/arch',
  'eks.amazonaws.com/capacityType',
  'karpenter.sh/capacity-type',
  'cloud.google.com/gke-spot',
  'kubernetes.azure.com/scalesetpriority',
  'nvidia.com/gpu.product',
  'alibabacloud.com/gpu-card-model'
]

/** The nodes of a cluster: their labels, the domains these make, and which of them the Problem keeps. */
export class NodeRoster {
  readonly nodes: readonly ImportedNode[]
  readonly #byName: ReadonlyMap<string, ImportedNode>
  readonly #kept = new Set<string>(LABELS_FOR_PEOPLE)
  readonly #domains = new Map<string, Map<string, ImportedNode[]>>()
  readonly #hostnamesAreNodes: boolean

  constructor(nodes: readonly Placed<Node>[]) {
    this.nodes = nodes.map(({ value, place }, index) => ({
      index,
      name: value.metadata.name,
      labels: value.metadata.labels ?? {},
      object: value,
      place,
      taints: (value.spec?.taints ?? []).filter(isHard),
      marks: new Map(),
      acceptsReplicas: true
    }))
    this.#byName = new Map(this.nodes.map((node) => [node.name, node]))
    const hostnames = new Set(this.nodes.map(({ labels }) => labelOf(labels, HOSTNAME)))
    this.#hostnamesAreNodes = hostnames.size === this.nodes.length && !hostnames.has(undefined)
  }

  find(name: string): ImportedNode | undefined {
    return this.#byName.get(name)
  }

  /** Keeps a label of the cluster in the Problem. */
  keep(label: string): void {
    this.#kept.add(label)
  }

  /** Sets a label of the import's own on some nodes. */
  mark(label: string, nodes: Iterable<ImportedNode>, value = 'true'): void {
    for (const node of nodes) node.marks.set(label, value)
  }

  /** The value of a label of the cluster that says in which domain a node is; undefined where it is in none. */
  domainOf(node: ImportedNode, topologyKey: string): string | undefined {
    return labelOf(node.labels, topologyKey)
  }

  /** The nodes of every domain. */
  domains(topologyKey: string): ReadonlyMap<string, readonly ImportedNode[]> {
    let domains = this.#domains.get(topologyKey)
    if (domains === undefined) {
      domains = new Map()
      for (const node of this.nodes) {
        const domain = this.domainOf(node, topologyKey)
        if (domain !== undefined) appendTo(domains, domain, node)
      }
      this.#domains.set(topologyKey, domains)
    }
    return domains
  }

  /** All nodes in the domains of some nodes, these included if they are in any. */
  around(nodes: Iterable<ImportedNode>, topologyKey: string): Set<ImportedNode> {
    const domains = this.domains(topologyKey)
    const around = new Set<ImportedNode>()
    const seen = new Set<string>()
    for (const node of nodes) {
      const domain = this.domainOf(node, topologyKey)
      if (domain === undefined || seen.size === seen.add(domain).size) continue
      for (const neighbour of domains.get(domain) ?? []) around.add(neighbour)
    }
    return around
  }

  /** What a rule of the contract calls a topology key: "node" where every node has a hostname of its own, else the label, which is kept. */
  topologyLabel(topologyKey: string): string {
    if (topologyKey === HOSTNAME && this.#hostnamesAreNodes) return 'node'
    if (topologyKey !== 'node') {
      this.keep(topologyKey)
      return topologyKey
    }
    // The contract's "node" is the node itself, whatever its labels.
    for (const node of this.nodes) {
      const value = this.domainOf(node, topologyKey)
      if (value !== undefined) node.marks.set(LABEL_NODE, value)
    }
    return LABEL_NODE
  }

  /** Whether a node is one of those on which a workload may start, as far as conditions are known by now. */
  admits(node: ImportedNode, predicate: ReturnType<LabelConditions['toPredicate']>): boolean {
    return predicate((label) => node.marks.get(label) ?? labelOf(node.labels, label))
  }

  /** The labels of a node as the Problem has them, as far as they are known to be needed by now. */
  labelsOf(node: ImportedNode): Labels {
    const kept = Object.entries(node.labels).filter(([label]) => this.#kept.has(label))
    return Object.fromEntries([...kept, ...node.marks])
  }
}

const LABEL_NODE = 'label:node'
