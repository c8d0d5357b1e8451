import type { Problem } from '../../../../../models/contract/problem.js'
import { appendTo } from '../../../../../models/grouping.js'
import { StepError } from '../../../../execution/driver.js'
import { parsePodId, parseWorkloadId, podId, workloadId } from '../../objects/identities.js'
import { PLURALS, type ScaledKind } from '../api/cluster-api.js'

/** A workload that pods are moved of. */
export interface WorkloadName {
  /** Without a revision. */
  readonly id: string
  readonly kind: ScaledKind
  readonly namespace: string
  readonly name: string
}

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

  constructor(problem: Problem) {
    this.#nodes = new Set(problem.nodes.map(({ id }) => id))
    const listed = new Map<string, string[]>()
    for (const { id, deployment, state } of problem.replicas) {
      this.#deployments.set(id, deployment)
      if (state !== 'draining') appendTo(listed, deployment, id)
    }
    for (const { id, replicas } of problem.deployments) {
      const own = listed.get(id)?.length ?? 0
      const key = withoutRevision(id)
      const sum = this.#wanted.get(key) ?? { desired: 0, listed: 0 }
      this.#wanted.set(key, { desired: sum.desired + (replicas ?? own), listed: sum.listed + own })
    }
  }

  /** Whether a pod was there when the plan was made. */
  isListed(namespace: string, pod: string): boolean {
    return this.#deployments.has(podId(namespace, pod))
  }

  isListedNode(node: string): boolean {
    return this.#nodes.has(node)
  }

  /** null: the Problem does not have it. */
  wantedOf(workload: WorkloadName): WantedReplicas | null {
    return this.#wanted.get(workload.id) ?? null
  }

  /** Every workload of the Problem that a plan may scale. */
  workloads(): WorkloadName[] {
    return [...this.#wanted.keys()].flatMap((id) => readName(id) ?? [])
  }

  /** The name of the pod that a replica was when the plan was made; null for one that was none yet. */
  podNameOf(replica: string): string | null {
    return this.#deployments.has(replica) ? (parsePodId(replica)?.name ?? null) : null
  }

  /** The workload of a replica. Throws StepError `refused` for pods that nobody would make again. */
  workloadOf(replica: string, stated: string | undefined): WorkloadName {
    const id = this.#deployments.get(replica) ?? stated
    if (id === undefined || parseWorkloadId(id) === null) {
      throw new StepError(
        'refused',
        `${replica}: found ${id ?? 'no deployment'}, expected the id of one, <namespace>/<kind>/<name>`
      )
    }
    const name = readName(id)
    if (name !== null) return name
    throw new StepError(
      'refused',
      `${replica} is of ${id}: only pods of Deployments, ReplicaSets and StatefulSets are made again elsewhere`
    )
  }
}

/** What an id names without its revision; null for what is not scaled. */
function readName(id: string): WorkloadName | null {
  const identity = parseWorkloadId(id)
  if (identity === null || !Object.hasOwn(PLURALS, identity.kind)) return null
  const { namespace, kind, name } = identity
  return { id: workloadId(namespace, kind, name), kind: kind as ScaledKind, namespace, name }
}

function withoutRevision(id: string): string {
  const identity = parseWorkloadId(id)
  return identity === null ? id : workloadId(identity.namespace, identity.kind, identity.name)
}
