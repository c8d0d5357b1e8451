import type { InstanceCopy, InstanceDeployment } from '../../models/instance/instance.js'
import type { Newcomer, Place, Target } from '../../models/instance/packing.js'
import { orderLeavers } from './move-account.js'
import type { PackingState, SeatedArrival } from './packing-state.js'

/**
 * Gives names to the copies of a packing. Running replicas that do not stay take the first places of their deployment, those
 * that cost least to move first; then come pending replicas, then new ones named `<deployment>-new-<k>`. What is left over of
 * the running ones is stopped.
 */
export function nameReplicas(state: PackingState): Target {
  const { instance } = state
  const copies: (Place | null)[] = instance.copies.map(({ index, node, devices }) =>
    state.stays[index] === 1 ? { node, devices } : null
  )
  const newcomers: Newcomer[] = []
  const unplaced: { id: string; deployment: number }[] = []
  const headroom: (Place & { deployment: number })[] = []
  const arrivals = instance.deployments.map(() => [] as SeatedArrival[])
  for (const arrival of state.arrivals.flat()) arrivals[arrival.deployment]?.push(arrival)
  const leavers = instance.deployments.map(() => [] as InstanceCopy[])
  for (const copy of instance.copies) {
    if (copy.state !== 'draining' && state.stays[copy.index] === 0) leavers[copy.deployment]?.push(copy)
  }
  const taken = new Set(instance.problem.replicas.map((replica) => replica.id))
  for (const deployment of instance.deployments) {
    const places = [...(arrivals[deployment.index] as SeatedArrival[])]
    if (deployment.isHeadroom) {
      for (const { node, devices } of places) headroom.push({ deployment: deployment.family, node, devices })
      continue
    }
    const leaving = orderLeavers(leavers[deployment.index] as InstanceCopy[])
    const moving = Math.max(0, leaving.length - deployment.surplus)
    for (const [copy, { node, devices }] of matchMoves(leaving, moving, places)) copies[copy] = { node, devices }
    const missing = deployment.desired - (state.staying[deployment.index] as number) - moving
    const names = newcomerNames(taken, deployment, Math.max(0, missing))
    for (const id of names) {
      const place = places.shift()
      if (place === undefined) unplaced.push({ id, deployment: deployment.index })
      else newcomers.push({ id, deployment: deployment.index, node: place.node, devices: place.devices })
    }
  }
  return { copies, newcomers, headroom, unplaced }
}

/** Pending replicas by their own ids, then ids that no replica of the Problem has. */
function newcomerNames(taken: ReadonlySet<string>, { id, pending }: InstanceDeployment, count: number): string[] {
  const names = pending.slice(0, count)
  for (let number = 1; names.length < count; number++) {
    const name = `${id}-new-${number}`
    if (!taken.has(name)) names.push(name)
  }
  return names
}

/**
 * Takes a place out of `places` for each of the first `moving` leavers, by the index of the copy. A copy cannot move to where it is: one
 * that would changes its place with another, or its lot with a leaver of the same move cost that was to be stopped.
 */
function matchMoves(
  leavers: readonly InstanceCopy[],
  moving: number,
  places: SeatedArrival[]
): Map<number, SeatedArrival> {
  const taken = new Map<number, SeatedArrival>()
  for (const { index, node, moveCost } of leavers.slice(0, moving)) {
    const free = places.findIndex((place) => place.node !== node)
    const place = places.splice(Math.max(0, free), 1)[0]
    if (place === undefined) break
    taken.set(index, place)
    if (free >= 0) continue
    const partner = leavers.find((other) => {
      const theirs = taken.get(other.index)
      if (other.node === node) return false
      return theirs === undefined ? isSpare(other, moveCost, leavers.slice(moving)) : theirs.node !== node
    })
    if (partner === undefined) continue
    const theirs = taken.get(partner.index)
    if (theirs === undefined) taken.delete(index)
    else taken.set(index, theirs)
    taken.set(partner.index, place)
  }
  return taken
}

/** Whether a leaver that was to be stopped may move instead of one of this cost. */
function isSpare(copy: InstanceCopy, moveCost: number, stopped: readonly InstanceCopy[]): boolean {
  return stopped.includes(copy) && copy.hold === 'none' && copy.moveCost === moveCost
}
