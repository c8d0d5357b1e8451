import type { Labels } from '../../../../models/contract/quantities.js'
import { labelOf } from '../../../../models/instance/selector.js'
import type { PodAffinityTerm } from '../objects/affinity.js'
import { type LabelRequirement, type LabelSelector, selectedKeys, selectsLabels } from '../objects/label-selector.js'
import type { PodSpec } from '../objects/pod.js'
import type { Snapshot } from './snapshot.js'

/** Pods that a term of pod affinity speaks of, as far as namespaces are known. */
export interface PodTerm {
  readonly selector: LabelSelector | null
  /** null: all. */
  readonly namespaces: readonly string[] | null
  readonly topologyKey: string
}

/** Required terms of pod affinity or anti-affinity. */
export function requiredPodTerms(
  { affinity }: PodSpec,
  kind: 'podAffinity' | 'podAntiAffinity'
): readonly PodAffinityTerm[] {
  return affinity?.[kind]?.requiredDuringSchedulingIgnoredDuringExecution ?? []
}

/** Every label that the rules of a pod about other pods look at. */
export function keysOfPodRules(spec: PodSpec): string[] {
  const terms = [...requiredPodTerms(spec, 'podAffinity'), ...requiredPodTerms(spec, 'podAntiAffinity')]
  return [...terms, ...(spec.topologySpreadConstraints ?? [])].flatMap((term) => [
    ...selectedKeys(term.labelSelector),
    ...(term.matchLabelKeys ?? []),
    ...('mismatchLabelKeys' in term ? (term.mismatchLabelKeys ?? []) : [])
  ])
}

/** A selector with the values that a pod itself has for some labels, as the API server puts them in. Labels that it does not have are passed over. */
export function completeSelector(
  selector: LabelSelector | null | undefined,
  labels: Labels,
  alike: readonly string[] | null | undefined,
  different: readonly string[] | null | undefined = []
): LabelSelector | null {
  if (selector === null || selector === undefined) return null
  const own = (keys: readonly string[] | null | undefined, operator: 'In' | 'NotIn') =>
    (keys ?? []).flatMap((key): LabelRequirement[] => {
      const value = labelOf(labels, key)
      return value === undefined ? [] : [{ key, operator, values: [value] }]
    })
  const added = [...own(alike, 'In'), ...own(different, 'NotIn')]
  if (added.length === 0) return selector
  return { ...selector, matchExpressions: [...(selector.matchExpressions ?? []), ...added] }
}

/** Reads terms: which namespaces and pods they mean. */
export class TermReader {
  readonly #known: Snapshot['namespaces']
  readonly #used: readonly string[]

  constructor(namespaces: Snapshot['namespaces'], used: readonly string[]) {
    this.#known = namespaces
    this.#used = used
  }

  /** A term of a pod in a namespace; null where it depends on labels of namespaces that the snapshot does not have. */
  read(term: PodAffinityTerm, namespace: string, labels: Labels): PodTerm | null {
    const { topologyKey, matchLabelKeys, mismatchLabelKeys } = term
    const selector = completeSelector(term.labelSelector, labels, matchLabelKeys, mismatchLabelKeys)
    const namespaces = this.#namespacesOf(term, namespace)
    return namespaces === undefined ? null : { selector, namespaces, topologyKey }
  }

  #namespacesOf({ namespaces, namespaceSelector }: PodAffinityTerm, own: string): readonly string[] | null | undefined {
    const listed = namespaces ?? []
    if (namespaceSelector === null || namespaceSelector === undefined) return listed.length === 0 ? [own] : listed
    const keys = selectedKeys(namespaceSelector)
    if (keys.length === 0) return null
    const selected: string[] = []
    for (const name of this.#used) {
      // Kubernetes itself puts this label on every namespace.
      const labels = { [NAME_LABEL]: name, ...this.#known.get(name) }
      if (!this.#known.has(name) && keys.some((key) => key !== NAME_LABEL)) return undefined
      if (selectsLabels(namespaceSelector, labels)) selected.push(name)
    }
    return [...new Set([...listed, ...selected])].sort()
  }
}

const NAME_LABEL = 'kubernetes.io/metadata.name'

/** A term for people, and as the name of a label: `app in (web) in shop`. */
export function describePodTerm({ selector, namespaces, topologyKey }: PodTerm): string {
  const parts = [
    ...Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`),
    ...(selector?.matchExpressions ?? []).map(({ key, operator, values }) =>
      operator === 'In' || operator === 'NotIn'
        ? `${key} ${operator === 'In' ? 'in' : 'not in'} (${(values ?? []).join(', ')})`
        : `${key} ${operator === 'Exists' ? 'exists' : 'is not set'}`
    )
  ]
  const what = selector === null ? 'nothing' : parts.length === 0 ? 'every pod' : parts.join(', ')
  return `${what} of ${namespaces === null ? 'all namespaces' : namespaces.join(', ')} by ${topologyKey}`
}
