import { describeValue } from '../../../../models/contract/describe-input.js'
import { type DisruptionBudget, resolveCount } from '../objects/disruption-budget.js'
import { namespaceOf } from '../objects/metadata.js'
import { isPodReady } from '../objects/pod.js'
import type { Faults } from './faults.js'
import type { Owners } from './owners.js'
import type { Pin } from './pin.js'
import type { PodEntry } from './pod-entries.js'
import type { PodIndex } from './pod-index.js'
import { listNames, type Remarks } from './remarks.js'
import type { Placed } from './snapshot.js'

/** Pods that a budget lets go: with one more of them ready, and one at a time with none more. */
interface Allowance {
  readonly withSurge: boolean
  readonly withoutSurge: number
}

/** The budgets over one pod: of several, only their names and what the strictest allows matter. */
interface Covering {
  readonly names: readonly string[]
  readonly allowance: Allowance
}

/** Disruption budgets, and the pods under each. */
export class DisruptionBudgets {
  readonly #covering = new Map<PodEntry, Covering>()

  constructor(
    budgets: readonly Placed<DisruptionBudget>[],
    index: PodIndex,
    owners: Owners,
    { faults, remarks }: { faults: Faults; remarks: Remarks }
  ) {
    for (const { value: budget, place, apiVersion } of budgets) {
      const { minAvailable, maxUnavailable, selector } = budget.spec ?? {}
      for (const [key, value] of [
        ['minAvailable', minAvailable],
        ['maxUnavailable', maxUnavailable]
      ] as const) {
        if (value === null || value === undefined || resolveCount(value, 1) !== null) continue
        faults.report(place, ['spec', key], describeValue(value), 'a count, or a share such as "50%"')
      }
      const namespace = namespaceOf(budget.metadata)
      // Before policy/v1, an empty selector selected nothing.
      const selectsNone = apiVersion === 'policy/v1beta1' && isEmpty(selector)
      const pods = (selectsNone ? [] : index.select(selector, [namespace])).flatMap(({ entry }) =>
        entry === null || entry.node === null ? [] : [entry]
      )
      const name = `${namespace}/${budget.metadata.name}`
      const allowance = allowanceOf(budget, pods, owners)
      const joined = new Map<Covering | undefined, Covering>()
      for (const entry of pods) {
        const known = this.#covering.get(entry)
        const covering = joined.get(known) ?? join(known, name, allowance)
        joined.set(known, covering)
        this.#covering.set(entry, covering)
      }
      if (pods.length > 0) continue
      remarks.adapt({
        kind: 'PodDisruptionBudget',
        id: name,
        code: 'selects-nothing',
        reason: 'it selects no pod of the snapshot'
      })
    }
  }

  /** Why a pod cannot be evicted, not even when its replacement is ready (`canSurge`), or at all without one. */
  pinsOf(entry: PodEntry, canSurge: boolean): Pin[] {
    const covering = this.#covering.get(entry)
    if (covering === undefined) return []
    const { names, allowance } = covering
    if (names.length > 1) {
      const reason = `it is under ${names.length} disruption budgets, ${listNames(names)}, and then eviction is refused`
      return [{ code: 'two-disruption-budgets', reason, remedy: 'leave one of them' }]
    }
    if (canSurge ? allowance.withSurge : allowance.withoutSurge > 0) return []
    const [name] = names
    const reason = canSurge
      ? `the disruption budget ${name} would refuse its eviction even with one more ready pod`
      : `the disruption budget ${name} refuses its eviction, and no other pod can start before it`
    return [{ code: 'disruption-budget', reason, remedy: `a ${name} that allows a disruption` }]
  }

  /** Pods of a workload that may be gone at a time; at least 1, as far as no budget says otherwise. */
  unavailableOf(entries: readonly PodEntry[]): number {
    const allowed = entries.flatMap((entry) => this.#covering.get(entry)?.allowance.withoutSurge ?? [])
    return Math.max(1, allowed.length === 0 ? 1 : allowed.reduce((least, each) => Math.min(least, each)))
  }
}

/** What is over a pod once one more budget is. */
function join(known: Covering | undefined, name: string, allowance: Allowance): Covering {
  if (known === undefined) return { names: [name], allowance }
  const withoutSurge = Math.min(known.allowance.withoutSurge, allowance.withoutSurge)
  const withSurge = known.allowance.withSurge && allowance.withSurge
  return { names: [...known.names, name], allowance: { withSurge, withoutSurge } }
}

/** As the disruption controller counts: healthy pods less those that must be, out of as many as the owners' scales say. */
function allowanceOf({ spec }: DisruptionBudget, pods: readonly PodEntry[], owners: Owners): Allowance {
  const healthy = pods.filter(({ pod, isTerminating }) => !isTerminating && isPodReady(pod)).length
  const expected = expectedPods(pods, owners)
  const allowed = (surge: number): number => {
    const needed = neededHealthy(spec ?? {}, expected, surge)
    return needed === null ? 0 : Math.max(0, healthy + surge - needed)
  }
  return { withSurge: allowed(1) > 0, withoutSurge: allowed(0) }
}

/** Pods that must be healthy; null where the controller gives up, so that nothing may be disrupted. */
function neededHealthy(
  { minAvailable, maxUnavailable }: NonNullable<DisruptionBudget['spec']>,
  expected: number | null,
  surge: number
): number | null {
  if (maxUnavailable !== null && maxUnavailable !== undefined) {
    if (expected === null) return null
    const share = resolveCount(maxUnavailable, expected + surge)
    return share === null ? null : Math.max(0, expected + surge - share)
  }
  if (typeof minAvailable === 'number') return minAvailable
  // A budget that states neither expects no pods, and then lets none go.
  if (minAvailable === null || minAvailable === undefined) return null
  return expected === null ? null : resolveCount(minAvailable, expected + surge)
}

/** The sum of the scales of all owners; null where one of them has no scale. Pods without a controller count nothing. */
function expectedPods(pods: readonly PodEntry[], owners: Owners): number | null {
  const scales = new Map<string, number>()
  for (const { pod } of pods) {
    const owner = owners.ownerOf(pod)
    if (owner.kind === 'Pod') continue
    if (UNSCALED.has(owner.kind)) return null
    const { key } = owner
    const scale = owner.object?.spec.replicas
    // Where its scale is not in the snapshot, it has the pods that are there.
    if (owner.object !== undefined) scales.set(key, scale ?? 1)
    else scales.set(key, (scales.get(key) ?? 0) + (pod.metadata.deletionTimestamp ? 0 : 1))
  }
  return [...scales.values()].reduce((sum, scale) => sum + scale, 0)
}

/** Kinds without a scale subresource. */
const UNSCALED: ReadonlySet<string> = new Set(['DaemonSet', 'Job', 'Node'])

function isEmpty(selector: NonNullable<DisruptionBudget['spec']>['selector']): boolean {
  return Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0
}
