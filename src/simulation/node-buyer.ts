import { admits, type ClusterDeployment } from '../../models/checker/cluster.js'
import type { NodeType } from '../../models/contract/problem.js'
import type { Happening } from './cluster-event.js'
import type { SimulatedClock } from './simulated-clock.js'
import type { SimulatedCluster } from './simulated-cluster.js'

/** Who the buyer is in the events of a cluster. */
const BY = 'autoscaler'

/** Gets a node where a replica finds room nowhere: of the cheapest type of the Problem that could host it, as many as may be had. */
export class NodeBuyer {
  /** By type, how many are on their way. */
  readonly #ordered = new Map<string, number>()
  #number = 0

  constructor(
    private readonly cluster: SimulatedCluster,
    private readonly clock: SimulatedClock,
    private readonly types: readonly NodeType[],
    private readonly tell: (happening: Happening) => void
  ) {}

  /** Orders one node that could host a copy, unless one is on its way that could. `onThere` is called when it is there. */
  order(deployment: ClusterDeployment, onThere: () => void): void {
    const fitting = this.types
      .filter((type) => admits(boughtNode('', type), deployment))
      .sort((left, right) => left.costPerHour - right.costPerHour)
    if (fitting.some(({ type }) => (this.#ordered.get(type) ?? 0) > 0)) return
    const type = fitting.find((each) => each.maxNew > this.#had(each.type))
    if (type === undefined) return
    this.#ordered.set(type.type, 1)
    let id: string
    do id = `auto-${type.type}-${++this.#number}`
    while (this.cluster.nodes.has(id))
    this.clock.after(type.provisionSeconds * 1000, () => {
      this.#ordered.set(type.type, 0)
      this.cluster.addNode(boughtNode(id, type))
      this.cluster.node(id).state = 'there'
      this.tell({ kind: 'node-provisioned', node: id, by: BY })
      onThere()
    })
  }

  #had(type: string): number {
    return [...this.cluster.nodes.values()].filter(
      ({ state, listed }) => (state === 'there' || state === 'absent') && listed.boughtAs?.type === type
    ).length
  }
}

/** A node of a type, as the cluster knows it. */
export function boughtNode(id: string, type: NodeType): Parameters<SimulatedCluster['addNode']>[0] {
  return {
    id,
    capacity: new Map(Object.entries(type.capacity)),
    labels: new Map(Object.entries(type.labels)),
    costPerHour: type.costPerHour,
    releasable: true,
    acceptsReplicas: true,
    mustEmpty: false,
    boughtAs: type
  }
}
