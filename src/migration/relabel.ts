import { appendTo } from '../../models/grouping.js'
import { type Instance, type InstanceCopy, TOLERANCE } from '../../models/instance/instance.js'
import type { Newcomer, Place, Target } from '../../models/instance/packing.js'
import { type Devices, placeNow } from './agenda.js'
import { addToLoads, packOnto } from './device-choice.js'

/**
 * Lets replicas of one deployment swap the places that a target gives them, so that nobody leaves a node at which another
 * of them arrives: the first stays and the second goes where the first would have gone. Gangs and pinned copies keep theirs.
 * A copy that stays keeps its devices; where the others' then no longer fit, nothing is swapped.
 */
export function relabel(
  instance: Instance,
  target: Target,
  /** Replicas that keep the places that the target gives them. */
  keeps: (replica: Pick<Newcomer, 'id' | 'deployment'>) => boolean = () => false
): { readonly target: Target; readonly saved: number } {
  const copies = [...target.copies]
  const newcomers = [...target.newcomers]
  const needless = new Set<number>()
  let saved = 0
  const leavers = new Map<number, number[]>()
  for (const [index, copy] of instance.copies.entries()) {
    if (copy.state === 'draining' || copy.gang !== undefined || copy.hold === 'pinned') continue
    if (copies[index]?.node === copy.node || keeps(copy)) continue
    appendTo(leavers, copy.deployment, index)
  }
  const moves = (index: number) => copies[index] !== null && copies[index]?.node !== instance.copies[index]?.node
  for (const [deployment, group] of leavers) {
    const heading = new Map<number, Set<number>>()
    const head = (index: number, isThere: boolean) => {
      const node = moves(index) ? (copies[index]?.node ?? -1) : -1
      if (isThere) heading.set(node, (heading.get(node) ?? new Set()).add(index))
      else heading.get(node)?.delete(index)
    }
    for (const index of group) head(index, true)
    const incoming = newcomers.flatMap((newcomer, index) =>
      newcomer.deployment === deployment && !keeps(newcomer) ? [index] : []
    )
    // Who moves comes before who is stopped: letting a mover stay saves its migration.
    for (const index of [...group].sort((left, right) => Number(!moves(left)) - Number(!moves(right)))) {
      const copy = instance.copies[index] as InstanceCopy
      const place = copies[index] ?? null
      if (place?.node === copy.node) continue
      const mover = heading.get(copy.node)?.values().next().value
      if (mover !== undefined) {
        if (place === null && instance.copies[mover]?.neverSurplus === true) continue
        if (!keepsRoom(instance, copies, newcomers, target, copy, { copy: mover })) continue
        const own = instance.copies[mover] as InstanceCopy
        for (const who of [index, mover]) head(who, false)
        copies[index] = placeNow(copy)
        copies[mover] = place !== null && place.node === own.node ? placeNow(own) : place
        for (const who of [index, mover]) head(who, true)
        saved++
        continue
      }
      const newcomer = incoming.find((other) => newcomers[other]?.node === copy.node && !needless.has(other))
      if (newcomer === undefined) continue
      if (!keepsRoom(instance, copies, newcomers, target, copy, { newcomer })) continue
      head(index, false)
      copies[index] = placeNow(copy)
      head(index, true)
      // Who would come where a surplus copy goes is not needed: that one stays.
      if (place === null) needless.add(newcomer)
      else newcomers[newcomer] = { ...(newcomers[newcomer] as (typeof newcomers)[number]), ...place }
      saved++
    }
  }
  const needed = newcomers.filter((_, index) => !needless.has(index))
  return { target: { ...target, copies, newcomers: needed }, saved }
}

/** Whether all who come to a copy's node still find devices when it stays instead of one of them. */
function keepsRoom(
  instance: Instance,
  copies: readonly (Place | null)[],
  newcomers: Target['newcomers'],
  target: Target,
  copy: InstanceCopy,
  instead: { readonly copy?: number; readonly newcomer?: number }
): boolean {
  const { node } = copy
  if (!instance.deviceResources.some((resource) => (instance.deployments[copy.deployment]?.demand[resource] ?? 0) > 0))
    return true
  const loads = instance.deviceResources.map(
    (resource) => new Float64Array(instance.nodes[node]?.capacity[resource] ?? 0)
  )
  const arriving: number[] = []
  const hold = (deployment: number, devices: Devices) => addToLoads(instance, loads, deployment, devices)
  hold(copy.deployment, copy.devices)
  for (const [index, place] of copies.entries()) {
    const { deployment, node: home, devices } = instance.copies[index] as InstanceCopy
    if (place?.node !== node || index === instead.copy || index === copy.index) continue
    if (home === node) hold(deployment, devices)
    else arriving.push(deployment)
  }
  for (const [index, { deployment, node: place }] of newcomers.entries()) {
    if (place === node && index !== instead.newcomer) arriving.push(deployment)
  }
  for (const { deployment, node: place } of target.headroom) if (place === node) arriving.push(deployment)
  const isOverfull = loads.some((load) => load.some((amount) => amount > 1 + TOLERANCE))
  return !isOverfull && packOnto(instance, loads, arriving) !== null
}
