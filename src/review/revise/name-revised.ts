import { groupBy } from '../../../models/grouping.js'
import { holdsDevices, type InstanceCopy } from '../../../models/instance/instance.js'
import type { Newcomer, Place, Target } from '../../../models/instance/packing.js'
import { relabel } from '../../migration/relabel.js'
import type { PlannedReplica } from '../planned-moves.js'
import type { Restricted } from './restricted.js'

type Planned = ReadonlyMap<string, PlannedReplica>

/** Somebody who has to go somewhere. */
interface Seeker {
  readonly id: string
  readonly deployment: number
  /** Index of the copy; −1 for a newcomer. */
  readonly copy: number
  /** Where it runs; −1: nowhere. */
  readonly home: number
}

/**
 * A target of a restricted instance as one of the instance that it was made from: accepted moves are moves again, and replicas of one deployment
 * share the other places out so that nobody takes one that was rejected, and that as many as possible go where they went before. null where there
 * is no such way.
 */
export function nameRevised(restricted: Restricted, planned: Planned, named: Target): Target | null {
  const { original, instance, accepted } = restricted
  // Of those that hold devices who stays is for the order of moves to say: others may need other devices then.
  const { target } = relabel(instance, named, ({ deployment }) => holdsDevices(original, deployment))
  const arrived = new Map(accepted.map((one) => [one.copy, one]))
  const copies: (Place | null)[] = original.copies.map(
    ({ index }) => arrived.get(index)?.place ?? target.copies[index] ?? null
  )
  leaveAsBefore(restricted, planned, copies)
  const fixed: Newcomer[] = accepted.flatMap(({ planned: { id, copy, deployment }, place }) =>
    copy < 0 ? [{ id, deployment, ...place }] : []
  )
  const rename = newNames(restricted)
  const others = target.newcomers.map((newcomer) => ({ ...newcomer, id: rename(newcomer) }))
  const unplaced = target.unplaced.map((one) => ({ ...one, id: rename(one) }))
  const shared = shareOut(restricted, planned, copies, others)
  return (
    shared && { copies: shared.copies, newcomers: [...fixed, ...shared.newcomers], headroom: target.headroom, unplaced }
  )
}

/** Names for newcomers that the Problem does not list: accepted ones keep theirs, and nobody else has the same. */
function newNames({
  original,
  accepted
}: Restricted): (newcomer: { readonly id: string; readonly deployment: number }) => string {
  const listed = new Set(original.problem.replicas.map(({ id }) => id))
  const taken = new Set(accepted.map(({ planned }) => planned.id))
  const counts = new Map<number, number>()
  return ({ id, deployment }) => {
    if (listed.has(id)) return id
    for (let number = (counts.get(deployment) ?? 0) + 1; ; number++) {
      const name = `${original.deployments[deployment]?.id}-new-${number}`
      if (listed.has(name) || taken.has(name)) continue
      counts.set(deployment, number)
      return name
    }
  }
}

/** Of copies that are alike on a node, those leave that left before. */
function leaveAsBefore({ original, instance }: Restricted, planned: Planned, copies: (Place | null)[]): void {
  const free = original.copies.filter(({ index, state, deployment }) => {
    return instance.copies[index]?.hold === 'none' && state !== 'draining' && !holdsDevices(original, deployment)
  })
  const alike = groupBy(free, ({ deployment, node, moveCost, neverSurplus }) =>
    [deployment, node, moveCost, neverSurplus].join(' ')
  )
  for (const group of alike.values()) {
    const staysBefore = ({ id, node }: InstanceCopy) => planned.get(id)?.node === node
    const staysNow = ({ index, node }: InstanceCopy) => copies[index]?.node === node
    const stayed = group.filter((copy) => staysBefore(copy) && !staysNow(copy))
    const left = group.filter((copy) => !staysBefore(copy) && staysNow(copy))
    for (const [order, copy] of stayed.entries()) {
      const other = left[order]
      if (other === undefined) break
      const place = copies[copy.index] as Place | null
      copies[copy.index] = copies[other.index] as Place | null
      copies[other.index] = place
    }
  }
}

/** The same places, each for somebody who may have it and, where that can be, had it before; null where somebody finds none. */
function shareOut(
  { original, accepted, barred }: Restricted,
  planned: Planned,
  places: readonly (Place | null)[],
  newcomers: readonly Newcomer[]
): Pick<Target, 'copies' | 'newcomers'> | null {
  const copies = [...places]
  const keeps = new Set(accepted.map(({ copy }) => copy))
  const movers = original.copies.flatMap(({ index, id, deployment, node }): [Seeker, Place][] => {
    const place = copies[index] ?? null
    if (place === null || place.node === node || keeps.has(index)) return []
    return [[{ id, deployment, copy: index, home: node }, place]]
  })
  const starters = newcomers.map(({ id, deployment, ...place }): [Seeker, Place] => [
    { id, deployment, copy: -1, home: -1 },
    place
  ])
  const named = new Map<string, Newcomer>()
  for (const group of groupBy([...movers, ...starters], ([{ deployment }]) => deployment).values()) {
    const [seekers, slots] = [group.map(([seeker]) => seeker), group.map(([, place]) => place)]
    const matched = matchAll(
      seekers,
      slots,
      ({ id, home }, node) => node !== home && barred.get(id)?.has(node) !== true,
      ({ id }) => planned.get(id)?.node
    )
    if (matched === null) return null
    for (const [{ id, deployment, copy }, place] of matched) {
      if (copy >= 0) copies[copy] = place
      else named.set(id, { id, deployment, ...place })
    }
  }
  return { copies, newcomers: newcomers.map((newcomer) => named.get(newcomer.id) ?? newcomer) }
}

/** A place for each, by augmenting paths (Kuhn, 1955) from those who have what they like; null where there is none for somebody. */
function matchAll(
  seekers: readonly Seeker[],
  places: readonly Place[],
  mayTake: (seeker: Seeker, node: number) => boolean,
  likes: (seeker: Seeker) => number | undefined
): [Seeker, Place][] | null {
  const holder = new Int32Array(places.length).fill(-1)
  const open = groupBy(places.keys(), (index) => (places[index] as Place).node)
  const rest = [...seekers.keys()].filter((index) => {
    const seeker = seekers[index] as Seeker
    const liked = likes(seeker)
    const place = liked !== undefined && mayTake(seeker, liked) ? open.get(liked)?.pop() : undefined
    if (place !== undefined) holder[place] = index
    return place === undefined
  })
  const seek = (seeker: number, tried: Set<number>): boolean => {
    for (const wantsFree of [true, false]) {
      for (const [index, place] of places.entries()) {
        const before = holder[index] as number
        if (wantsFree !== before < 0 || tried.has(index) || !mayTake(seekers[seeker] as Seeker, place.node)) continue
        tried.add(index)
        if (before >= 0 && !seek(before, tried)) continue
        holder[index] = seeker
        return true
      }
    }
    return false
  }
  for (const seeker of rest) if (!seek(seeker, new Set())) return null
  return places.map((place, index): [Seeker, Place] => [seekers[holder[index] as number] as Seeker, place])
}
