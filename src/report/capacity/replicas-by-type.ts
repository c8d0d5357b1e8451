import type { MixAnswer } from '../../capacity/mix/mix-answer.js'

/** How many replicas of each deployment run on nodes of each type. */
export interface ReplicasByType {
  readonly types: readonly string[]
  readonly rows: readonly { readonly deployment: string; readonly counts: readonly number[] }[]
}

/** Where a mix puts what: types that host most first; deployments with a replica, in the order of the Problem. */
export function replicasByType({ problem, result }: Pick<MixAnswer, 'problem' | 'result'>): ReplicasByType {
  const typeOf = new Map<string, string>(problem.nodes.map(({ id, type }) => [id, type ?? id]))
  for (const { id, type } of result?.newNodes ?? []) typeOf.set(id, type)
  const counts = new Map<string, Map<string, number>>()
  const totals = new Map<string, number>()
  const listed = new Map(problem.replicas.map(({ id, deployment }) => [id, deployment]))
  for (const { replica, deployment: own, node } of result?.placement ?? []) {
    const deployment = own ?? listed.get(replica)
    if (deployment === undefined) continue
    const type = typeOf.get(node) ?? node
    const row = counts.get(deployment) ?? new Map<string, number>()
    row.set(type, (row.get(type) ?? 0) + 1)
    counts.set(deployment, row)
    totals.set(type, (totals.get(type) ?? 0) + 1)
  }
  const types = [...totals].sort(([, left], [, right]) => right - left).map(([type]) => type)
  return {
    types,
    rows: problem.deployments.flatMap(({ id }) => {
      const row = counts.get(id)
      return row === undefined ? [] : [{ deployment: id, counts: types.map((type) => row.get(type) ?? 0) }]
    })
  }
}
