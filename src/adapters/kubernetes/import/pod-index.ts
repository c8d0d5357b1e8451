import type { Labels } from '../../../../models/contract/quantities.js'
import { appendTo, groupBy } from '../../../../models/grouping.js'
import { type LabelSelector, selectsLabels } from '../objects/label-selector.js'
import type { FixedPod, PodEntry } from './pod-entries.js'
import type { WorkloadGroup } from './workload-groups.js'

/** What selectors of pods find: a pod, or a workload that has none yet. */
export interface Subject {
  readonly namespace: string
  readonly labels: Labels
  /** null for a pod that belongs to its node. */
  readonly group: WorkloadGroup | null
  /** null for a workload without pods. */
  readonly entry: PodEntry | null
}

/**
 * All pods by namespace and by those of their labels that any selector looks at: of these there are few different sets, so that a
 * selector is held against each set once and not against each pod.
 */
export class PodIndex {
  readonly #classes = new Map<string, PodClass[]>()
  /** The same by namespace and each label. */
  readonly #labelled = new Map<string, PodClass[]>()
  readonly #found = new Map<string, readonly Subject[]>()

  constructor(groups: readonly WorkloadGroup[], fixed: readonly FixedPod[], keys: ReadonlySet<string>) {
    const subjects: Subject[] = fixed.map((entry) => subjectOf(entry, null))
    for (const group of groups) {
      const pods = [...group.live, ...group.draining]
      for (const entry of pods) subjects.push(subjectOf(entry, group))
      const { namespace, labels } = group
      if (pods.length === 0) subjects.push({ namespace, labels, group, entry: null })
    }
    const classes = groupBy(subjects, ({ namespace, labels }) => describeLabels(namespace, labels, keys))
    for (const members of classes.values()) {
      const [first] = members
      if (first === undefined) continue
      const { namespace, labels } = first
      const known = { labels, subjects: members }
      appendTo(this.#classes, namespace, known)
      for (const [label, value] of Object.entries(labels)) {
        if (keys.has(label)) appendTo(this.#labelled, describeLabel(namespace, label, value), known)
      }
    }
  }

  /** Namespaces in which there are pods. */
  get namespaces(): string[] {
    return [...this.#classes.keys()]
  }

  /** Everything in some namespaces, null for all, that a selector selects; none selects nothing. The selector's keys must be indexed. */
  select(selector: LabelSelector | null | undefined, namespaces: readonly string[] | null): readonly Subject[] {
    const key = JSON.stringify([selector, namespaces])
    let found = this.#found.get(key)
    if (found === undefined) {
      found = [...new Set(namespaces ?? this.namespaces)].flatMap((namespace) =>
        this.#candidates(selector, namespace).flatMap(({ labels, subjects }) =>
          selectsLabels(selector, labels) ? subjects : []
        )
      )
      this.#found.set(key, found)
    }
    return found
  }

  /** Where a selector asks for a label, only those that have it need to be looked at. */
  #candidates(selector: LabelSelector | null | undefined, namespace: string): readonly PodClass[] {
    const [first] = Object.entries(selector?.matchLabels ?? {})
    const known =
      first === undefined ? this.#classes.get(namespace) : this.#labelled.get(describeLabel(namespace, ...first))
    return known ?? []
  }
}

/** Subjects of one namespace that have the same labels, of those that count. */
interface PodClass {
  readonly labels: Labels
  readonly subjects: readonly Subject[]
}

function describeLabel(namespace: string, label: string, value: string): string {
  return JSON.stringify([namespace, label, value])
}

function subjectOf(entry: PodEntry, group: WorkloadGroup | null): Subject {
  return { namespace: entry.namespace, labels: entry.labels, group, entry }
}

function describeLabels(namespace: string, labels: Labels, keys: ReadonlySet<string>): string {
  const names = Object.keys(labels).filter((name) => keys.has(name))
  return JSON.stringify([namespace, ...names.sort().map((name) => [name, labels[name]])])
}

/** What a selector finds, as rules need it: whole workloads, parts of workloads, and pods that belong to their nodes. */
export interface Selection {
  readonly whole: ReadonlySet<WorkloadGroup>
  /** Workloads of which some pods are selected and others are not, with those that are. */
  readonly partly: ReadonlyMap<WorkloadGroup, readonly PodEntry[]>
  readonly fixed: readonly FixedPod[]
}

/** Sorts subjects. Pods that are being deleted count where others of their workload do. */
export function sortSubjects(subjects: readonly Subject[]): Selection {
  const whole = new Set<WorkloadGroup>()
  const partly = new Map<WorkloadGroup, PodEntry[]>()
  const fixed: FixedPod[] = []
  for (const [group, members] of groupBy(subjects, ({ group }) => group)) {
    const entries = members.flatMap(({ entry }) => (entry === null ? [] : [entry]))
    if (group === null) {
      for (const entry of entries) if (entry.node !== null) fixed.push({ ...entry, node: entry.node })
    } else if (entries.length === group.live.length + group.draining.length) whole.add(group)
    else partly.set(group, entries)
  }
  return { whole, partly, fixed }
}
