/** Kinds of workloads that a plan may scale, in lower case, as the API server lists them. */
export const SCALED_KINDS = {
  deployment: { group: 'apps', plural: 'deployments' },
  replicaset: { group: 'apps', plural: 'replicasets' },
  replicationcontroller: { group: '', plural: 'replicationcontrollers' },
  statefulset: { group: 'apps', plural: 'statefulsets' }
} as const
export type ScaledKind = keyof typeof SCALED_KINDS

/** Whether a plan may scale workloads of a kind, in lower case. */
export function isScaledKind(kind: string): kind is ScaledKind {
  return Object.hasOwn(SCALED_KINDS, kind)
}

/** Kinds, in lower case, whose pods are never evicted, whoever names them: nobody would make these anew where they could go on. */
const NEVER_EVICTED: ReadonlySet<string> = new Set(['pod', 'job', 'daemonset', 'node'])

/** Whether a kind, in lower case, is one whose pods could be evicted if `movableControllers` named it. */
export function canBeNamed(kind: string): boolean {
  return !NEVER_EVICTED.has(kind) && !isScaledKind(kind)
}

/** Whether pods of a kind, in lower case, may be evicted because `movableControllers` names it; those that a plan may scale need no naming. */
export function isNamedMovable(kind: string, movableControllers: readonly string[]): boolean {
  return canBeNamed(kind) && movableControllers.some((named) => named.toLowerCase() === kind)
}
