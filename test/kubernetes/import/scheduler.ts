/**
 * What kube-scheduler's filters say, written from the documentation of Kubernetes and from nothing of the importer: whether a pod may
 * start on a node. Pods are as the API server has them, after its defaults.
 */
export interface SchedulerNode {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly taints: readonly { key: string; value?: string; effect: string }[]
  readonly unschedulable: boolean
  readonly cpu: number
}

export interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>
  readonly matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[]
}

export interface PodTerm {
  readonly labelSelector: Selector
  readonly topologyKey: string
  readonly namespaces?: readonly string[]
  readonly namespaceSelector?: Selector
}

export interface SchedulerPod {
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  readonly cpu: number
  readonly nodeSelector: Readonly<Record<string, string>>
  readonly nodeTerms:
    | readonly { matchExpressions?: readonly Requirement[]; matchFields?: readonly Requirement[] }[]
    | null
  readonly tolerations: readonly { key?: string; operator?: string; value?: string; effect?: string }[]
  readonly ports: readonly number[]
  readonly shuns: readonly PodTerm[]
  readonly seeks: readonly PodTerm[]
}

export interface Requirement {
  readonly key: string
  readonly operator: string
  readonly values?: readonly string[]
}

export interface Placed {
  readonly pod: SchedulerPod
  readonly node: SchedulerNode
}

/** Filters that look at the node alone: NodeUnschedulable, TaintToleration, NodeAffinity. */
export function passesNodeFilters(pod: SchedulerPod, node: SchedulerNode): boolean {
  if (node.unschedulable) return false
  for (const taint of node.taints) {
    if (taint.effect === 'PreferNoSchedule') continue
    const tolerated = pod.tolerations.some((toleration) => {
      if (toleration.effect && toleration.effect !== taint.effect) return false
      if (toleration.operator === 'Exists') return !toleration.key || toleration.key === taint.key
      return toleration.key === taint.key && (toleration.value ?? '') === (taint.value ?? '')
    })
    if (!tolerated) return false
  }
  for (const key of Object.keys(pod.nodeSelector)) if (node.labels[key] !== pod.nodeSelector[key]) return false
  if (pod.nodeTerms === null) return true
  return pod.nodeTerms.some((term) => {
    const byLabel = term.matchExpressions ?? []
    const byField = term.matchFields ?? []
    if (byLabel.length === 0 && byField.length === 0) return false
    return byLabel.every((r) => holds(r, node.labels[r.key])) && byField.every((r) => holds(r, node.name))
  })
}

function holds({ operator, values = [] }: Requirement, value: string | undefined): boolean {
  if (operator === 'Exists') return value !== undefined
  if (operator === 'DoesNotExist') return value === undefined
  if (operator === 'In') return value !== undefined && values.includes(value)
  if (operator === 'NotIn') return value === undefined || !values.includes(value)
  const left = value !== undefined && /^-?\d+$/.test(value) ? Number(value) : Number.NaN
  return operator === 'Gt' ? left > Number(values[0]) : left < Number(values[0])
}

/** NodePorts: nobody there has one of its ports. */
export function passesPorts(pod: SchedulerPod, node: SchedulerNode, placed: readonly Placed[]): boolean {
  return !placed.some((other) => other.node === node && other.pod.ports.some((port) => pod.ports.includes(port)))
}

/** InterPodAffinity: nobody near whom it shuns, nobody near who shuns it, and those near whom it seeks. */
export function passesPodAffinity(
  pod: SchedulerPod,
  node: SchedulerNode,
  placed: readonly Placed[],
  namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>
): boolean {
  const near = (other: SchedulerNode, key: string) =>
    node.labels[key] !== undefined && other.labels[key] === node.labels[key]
  for (const other of placed) {
    for (const term of pod.shuns) {
      if (near(other.node, term.topologyKey) && means(term, pod.namespace, other.pod, namespaces)) return false
    }
    for (const term of other.pod.shuns) {
      if (near(other.node, term.topologyKey) && means(term, other.pod.namespace, pod, namespaces)) return false
    }
  }
  if (pod.seeks.length === 0) return true
  if (pod.seeks.some((term) => node.labels[term.topologyKey] === undefined)) return false
  const sought = placed.filter((other) => pod.seeks.every((term) => means(term, pod.namespace, other.pod, namespaces)))
  const counted = sought.filter((other) => pod.seeks.some((term) => other.node.labels[term.topologyKey] !== undefined))
  if (counted.length === 0) return pod.seeks.every((term) => means(term, pod.namespace, pod, namespaces))
  return pod.seeks.every((term) => sought.some((other) => near(other.node, term.topologyKey)))
}

function means(
  term: PodTerm,
  owner: string,
  pod: SchedulerPod,
  namespaces: Readonly<Record<string, Readonly<Record<string, string>>>>
): boolean {
  const listed = term.namespaces ?? []
  const inNamespace =
    term.namespaceSelector === undefined && listed.length === 0
      ? pod.namespace === owner
      : listed.includes(pod.namespace) ||
        (term.namespaceSelector !== undefined && selects(term.namespaceSelector, namespaces[pod.namespace] ?? {}))
  return inNamespace && selects(term.labelSelector, pod.labels)
}

function selects(selector: Selector, labels: Readonly<Record<string, string>>): boolean {
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    (selector.matchExpressions ?? []).every((requirement) => holds(requirement, labels[requirement.key]))
  )
}
