import type { ClusterApi } from '../api/cluster-api.js'
import { annotationOf } from '../api/seen-objects.js'
import { PLANNED_NODE } from './annotations.js'
import type { Fleet } from './fleet.js'

/** What nodes are called in the cluster and in the plan: those that the plan buys get their names from others. */
export class NodeNames {
  readonly #real = new Map<string, string>()
  readonly #planned = new Map<string, string>()

  constructor(
    private readonly api: ClusterApi,
    private readonly fleet: Fleet
  ) {}

  /** The cluster's name of a node of the plan. */
  async real(planned: string, signal: AbortSignal): Promise<string> {
    const known = this.#real.get(planned)
    if (known !== undefined) return known
    if (this.fleet.isListedNode(planned)) return planned
    // After a restart only the node itself knows.
    const nodes = await this.api.nodes(signal)
    const found = nodes.find((node) => annotationOf(node, PLANNED_NODE) === planned)
    if (found === undefined) return planned
    this.set(planned, found.metadata.name)
    return found.metadata.name
  }

  /** The cluster's name of a node of the plan, as far as it is known. */
  known(planned: string): string {
    return this.#real.get(planned) ?? planned
  }

  /** The plan's name of a node of the cluster. */
  planned(real: string): string {
    return this.#planned.get(real) ?? real
  }

  set(planned: string, real: string): void {
    this.#real.set(planned, real)
    this.#planned.set(real, planned)
  }
}
