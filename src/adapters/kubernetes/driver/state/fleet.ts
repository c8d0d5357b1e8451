import type { Problem } from '../../../../../models/contract/problem.js'
import { appendTo } from '../../../../../models/grouping.js'
import { StepError } from '../../../../execution/driver.js'
import { parsePodId, parseWorkloadId, podId, workloadId } from '../../objects/identities.js'
import { canBeNamed, isNamedMovable, isScaledKind, type ScaledKind } from '../../objects/movable-kinds.js'

interface Named {
  /** Without a revision. */
  readonly id: string
  readonly namespace: string
  readonly name: string
}

/** A workload whose number of pods a driver knows and may change. */
export interface ScaledName extends Named {
  readonly kind: ScaledKind
}

/** A workload of a kind that `movableControllers` names: only its pods are looked at, and evicted. */
export interface CustomName extends Named {
  readonly kind: 'custom'
  /** What it is, in lower case. */
  readonly ownerKind: string
}

/** A workload that pods are moved of. */
export type WorkloadName = ScaledName | CustomName

/** How many replicas the plan was made for: while a workload is scaled, what is listed and what is desired differ. */
export interface WantedReplicas {
  readonly desired: number
  readonly listed: number
}

/** What a driver knows from the Problem. */
export class Fleet {
  readonly #deployments = new Map<string, string>()
  readonly #wanted = new Map<string, WantedReplicas>()
  readonly #nodes: ReadonlySet<string>
  /** Replicas that ran when the plan was made. */
  readonly #placed = new Set<string>()

  /** `movableControllers`: kinds whose pods may be evicted, as the importer's option says. */
  constructor(
    problem: Problem,
    private readonly movableControllers: readonly string[]
  ) {
    this.#nodes = new Set(problem.nodes.map(({ id }) => id))
    const listed = new Map<string, string[]>()
    for (const { id, deployment, state, node } of problem.replicas) {
      this.#deployments.set(id, deployment)
      if (node !== null) this.#placed.add(id)
      if (state !== 'draining') appendTo(listed, deployment, id)
    }
    for (const { id, replicas } of problem.deployments) {
      const own = listed.get(id)?.length ?? 0
      const key = withoutRevision(id)
      const sum = this.#wanted.get(key) ?? { desired: 0, listed: 0 }
      this.#wanted.set(key, { desired: sum.desired + (replicas ?? own), listed: sum.listed + own })
    }
  }

  /** Whether a pod had a node when the plan was made: one that waited for it may be what a start waits for. */
  hadNode(namespace: string, pod: string): boolean {
    return this.#placed.has(podId(namespace, pod))
  }

  isListedNode(node: string): boolean {
    return this.#nodes.has(node)
  }

  /** null: the Problem does not have it. */
  wantedOf(workload: WorkloadName): WantedReplicas | null {
    return this.#wanted.get(workload.id) ?? null
  }

  /** Every workload of the Problem that a plan may scale. */
  workloads(): ScaledName[] {
    return [...this.#wanted.keys()].flatMap((id) => {
      const name = this.#readName(id)
      return name === null || name.kind === 'custom' ? [] : [name]
    })
  }

  /** The name of the pod that a replica was when the plan was made; null for one that was none yet. */
  podNameOf(replica: string): string | null {
    return this.#deployments.has(replica) ? (parsePodId(replica)?.name ?? null) : null
  }

  /** The workload of a replica. Throws StepError `refused` for pods that nobody would make again, as far as it is known. */
  workloadOf(replica: string, stated: string | undefined): WorkloadName {
    const id = this.#deployments.get(replica) ?? stated
    const identity = id === undefined ? null : parseWorkloadId(id)
    if (id === undefined || identity === null) {
      throw new StepError(
        'refused',
        `${replica}: found ${id ?? 'no deployment'}, expected the id of one, <namespace>/<kind>/<name>`
      )
    }
    const name = this.#readName(id)
    if (name !== null) return name
    const others = 'Deployments, ReplicaSets, ReplicationControllers and StatefulSets'
    const { kind } = identity
    const why = canBeNamed(kind)
      ? `whether a ${kind} makes evicted pods anew is not known: if it does, name its kind in the option movableControllers of kubernetesDriver, as in that of the import; ${others} need no naming`
      : `a ${kind} does not make its pods again elsewhere, expected ${others}, or a kind that movableControllers names`
    throw new StepError('refused', `${replica} is of ${id}: ${why}`)
  }

  /** What an id names without its revision; null for what may not be moved. */
  #readName(id: string): WorkloadName | null {
    const identity = parseWorkloadId(id)
    if (identity === null) return null
    const { namespace, kind, name } = identity
    const named = { id: workloadId(namespace, kind, name), namespace, name }
    if (isScaledKind(kind)) return { ...named, kind }
    return isNamedMovable(kind, this.movableControllers) ? { ...named, kind: 'custom', ownerKind: kind } : null
  }
}

function withoutRevision(id: string): string {
  const identity = parseWorkloadId(id)
  return identity === null ? id : workloadId(identity.namespace, identity.kind, identity.name)
}
