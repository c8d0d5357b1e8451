import { counted } from '../../../result/conflict/words.js'
import { SCALED } from './desired-counts.js'
import type { DisruptionBudgets } from './disruption-budgets.js'
import { canSurge } from './handover.js'
import type { ImportChoices } from './options.js'
import type { Pin } from './pin.js'
import type { PodEntry } from './pod-entries.js'
import { annotationPins, findPodPins, volumePins } from './pod-pins.js'
import type { Remarks } from './remarks.js'
import { pinGroup } from './scene.js'
import type { WorkloadGroup } from './workload-groups.js'
import { findWorkloadPins } from './workload-pins.js'

/** Finds out what keeps pods where they are: their owners, annotations, volumes, health and disruption budgets. */
export function pinPods(groups: readonly WorkloadGroup[], budgets: DisruptionBudgets, choices: ImportChoices): void {
  for (const group of groups) {
    for (const pin of findWorkloadPins(group, choices)) pinGroup(group, pin)
    const mayGrow = canSurge(group)
    for (const entry of group.live) {
      entry.pins.push(...findPodPins(entry, choices), ...(entry.node === null ? [] : budgets.pinsOf(entry, mayGrow)))
    }
    if (group.live.length === 0) pinTemplate(group, choices)
    else pinWhole(group)
  }
}

/** What a template says of pods that are not there yet. */
function pinTemplate(group: WorkloadGroup, choices: ImportChoices): void {
  const metadata = group.object?.spec.template.metadata ?? {}
  for (const pin of [...annotationPins(metadata), ...volumePins(metadata, group.spec, choices)]) pinGroup(group, pin)
  const claims = group.object?.spec.volumeClaimTemplates ?? []
  if (claims.length === 0 || choices.persistentVolumes !== 'pin') return
  const reason = 'where the volumes that it claims can be used is not known'
  pinGroup(group, {
    code: 'persistent-volume',
    reason,
    remedy: 'persistentVolumes "move" (--persistent-volumes move)',
    blocksStarts: true
  })
}

/** What holds for every pod of a workload holds for the workload. */
function pinWhole(group: WorkloadGroup): void {
  const counts = new Map<string, { readonly pin: Pin; count: number }>()
  for (const pin of group.live.flatMap(({ pins }) => pins)) {
    const key = JSON.stringify([pin.code, pin.reason])
    const known = counts.get(key)
    if (known === undefined) counts.set(key, { pin, count: 1 })
    else known.count++
  }
  for (const { pin, count } of counts.values()) if (count === group.live.length) pinGroup(group, pin)
}

/** Says what is pinned and why: of a workload as a whole, and of single pods of others. */
export function sayPins(groups: readonly WorkloadGroup[], remarks: Remarks): void {
  for (const { kind, namespace, name, pins, live } of groups) {
    for (const pin of pins) remarks.pin(remarkOf(kind, `${namespace}/${name}`, pin))
    const known = new Set(pins.map(({ code, reason }) => JSON.stringify([code, reason])))
    for (const { id, pins: own } of live) {
      for (const pin of own) {
        if (!known.has(JSON.stringify([pin.code, pin.reason]))) remarks.pin(remarkOf('Pod', id, pin))
      }
    }
  }
}

function remarkOf(kind: string, id: string, { code, reason, remedy }: Pin) {
  return { kind, id, code, reason, ...(remedy === undefined ? {} : { remedy }) }
}

/**
 * Pods without a node that may start. Of workloads that no plan can start, or of which it is not known where they may be, none; these are
 * said. `unmade`: pods that
 * are yet to be made; below 0, so many with a node are too many.
 */
export function startable(
  group: WorkloadGroup,
  remarks: Remarks
): { readonly entries: readonly PodEntry[]; readonly unmade: number } {
  const { kind, namespace, name } = group
  const all = group.live.filter(({ node }) => node === null)
  // Of pods that are too many, those without a node go first in the cluster, too.
  const spare = Math.min(all.length, Math.max(0, group.live.length - group.desired))
  if (spare > 0) {
    const reason = `${counted(spare, 'pod')} without a node that a plan has asked for beside those that its owner wants`
    remarks.leaveOut({ kind, id: `${namespace}/${name}`, code: 'surge', reason })
  }
  const waiting = all.slice(spare)
  const unmade = group.desired - group.live.length + spare
  if (group.handover.kind === 'none' && !SCALED.has(kind) && waiting.length + unmade > 0) {
    const count = waiting.length + unmade
    const who = kind === 'Pod' ? 'it waits' : `${counted(count, 'pod')} of it ${count === 1 ? 'waits' : 'wait'}`
    const reason = `${who} for a node, which the scheduler finds; the room that this takes is not kept free`
    remarks.leaveOut({ kind, id: `${namespace}/${name}`, code: group.handover.pin.code, reason })
    return { entries: [], unmade: 0 }
  }
  const blocking = [...group.pins, ...group.live.flatMap(({ pins }) => pins)].find(({ blocksStarts }) => blocksStarts)
  if (blocking === undefined || waiting.length + Math.max(0, unmade) === 0) return { entries: waiting, unmade }
  const reason = `where its pods without a node (${waiting.length + unmade}) may start is not known: ${blocking.reason}`
  const remedy = blocking.remedy === undefined ? {} : { remedy: blocking.remedy }
  remarks.leaveOut({ kind, id: `${namespace}/${name}`, code: blocking.code, reason, ...remedy })
  return { entries: [], unmade: 0 }
}
