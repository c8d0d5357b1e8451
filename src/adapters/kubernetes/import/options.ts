import { COMMON_RANGES, type OptionRange, TEXT, TEXTS, wordOf } from '../../import-options.js'
import type { PriceOptions } from '../../prices.js'
import { DEFAULT_OWNER } from '../driver/state/cordon-mark.js'

/** How a snapshot is understood where its objects leave a choice. Everything may be left out. */
export interface KubernetesImportOptions extends PriceOptions {
  /** Name of the cluster, for people. */
  readonly name?: string
  /** When the snapshot was taken, in ISO 8601. */
  readonly takenAt?: string
  /** Annotation of a node that says what it costs an hour; `replica-compactor/cost-per-hour` by default. */
  readonly priceAnnotation?: string
  /** Pods with a hostPath or an emptyDir that is not in memory: pinned by default, as by the cluster autoscaler. */
  readonly localStorage?: 'pin' | 'move'
  /** Pods with volumes that are bound to a node or zone which the snapshot does not tell: pinned by default. */
  readonly persistentVolumes?: 'pin' | 'move'
  /**
   * Workloads of which no pod more can be asked for, StatefulSets and what a HorizontalPodAutoscaler scales: pinned by default; stop-first
   * stops the old pod before the new one starts.
   */
  readonly withoutSurge?: 'pin' | 'stop-first'
  /**
   * Kinds of custom controllers, such as `Rollout`, whose pods may be evicted because they are made anew at once; none by default. Theirs
   * stop first whatever `withoutSurge` says.
   */
  readonly movableControllers?: readonly string[]
  /** Whose cordons are `ownCordons`, as the driver's option says; `replica-compactor` by default. */
  readonly owner?: string
  /** Schedulers that keep the rules of Kubernetes' own; `KNOWN_SCHEDULERS` by default. Pods of others are pinned. */
  readonly schedulers?: readonly string[]
  /** What becomes of pods that wait for a node: best-effort, the default, places as many as fit; required makes no plan unless all do. */
  readonly pending?: 'required' | 'best-effort'
  /** Pods on nodes that the snapshot does not have: refused by default. */
  readonly unknownNodes?: 'refuse' | 'leave-out'
}

/** The annotation of a node that says what it costs an hour, unless the caller names another. */
export const PRICE_ANNOTATION = 'replica-compactor/cost-per-hour'

/** Kubernetes' own scheduler, and profiles of it that differ only in what they prefer: GKE writes its own into every pod of a cluster. */
export const KNOWN_SCHEDULERS: readonly string[] = [
  'default-scheduler',
  'gke.io/default-scheduler',
  'gke.io/optimize-utilization-scheduler'
]

/** What each option may be. */
export const OPTION_RANGES = {
  ...COMMON_RANGES,
  priceAnnotation: {
    holds: (value) => TEXT.holds(value) && value !== '',
    expected: 'the key of an annotation'
  },
  localStorage: wordOf('pin', 'move'),
  persistentVolumes: wordOf('pin', 'move'),
  withoutSurge: wordOf('pin', 'stop-first'),
  movableControllers: TEXTS,
  owner: TEXT,
  schedulers: TEXTS,
  pending: wordOf('best-effort', 'required'),
  unknownNodes: wordOf('refuse', 'leave-out')
} satisfies Record<keyof KubernetesImportOptions, OptionRange>

/** Options with every default filled in. */
export type ImportChoices = Required<Omit<KubernetesImportOptions, 'name' | 'takenAt' | keyof PriceOptions>>

/** Fills in the defaults. */
export function chooseDefaults(options: KubernetesImportOptions): ImportChoices {
  return {
    priceAnnotation: options.priceAnnotation ?? PRICE_ANNOTATION,
    localStorage: options.localStorage ?? 'pin',
    persistentVolumes: options.persistentVolumes ?? 'pin',
    withoutSurge: options.withoutSurge ?? 'pin',
    movableControllers: options.movableControllers ?? [],
    owner: options.owner ?? DEFAULT_OWNER,
    schedulers: options.schedulers ?? KNOWN_SCHEDULERS,
    pending: options.pending ?? 'best-effort',
    unknownNodes: options.unknownNodes ?? 'refuse'
  }
}
