import type { Instance, InstanceCopy } from '../../models/instance/instance.js'
import type { Newcomer, Place, Target } from '../../models/instance/packing.js'

/** Devices, one list for each device resource of the instance. */
export type Devices = readonly (readonly number[])[]

/** Somebody who has to get somewhere: a running copy that leaves its node, or a replica that has none yet. */
export interface Mover {
  readonly index: number
  readonly replica: string
  readonly deployment: number
  /** Index of the instance's copy; −1 for a newcomer. */
  readonly copy: number
  /** Index in the target's newcomers; −1 for a copy. */
  readonly newcomer: number
  /** Node that it leaves; −1 for a newcomer. */
  readonly from: number
  readonly gang: string | undefined
  readonly moveCost: number
  readonly pool: number
  /** It stays in the end, and may lend its room for a while: its slot is where it is. */
  readonly lends: boolean
}

/** A place that one of the movers of its pool takes. */
export interface Slot {
  readonly index: number
  readonly deployment: number
  readonly node: number
  /** As the target has them; a start may pick others that are free earlier. */
  readonly devices: Devices
  readonly pool: number
}

/** Movers and slots of which any mover may take any slot: interchangeable replicas. As many movers as slots. */
export interface Pool {
  readonly movers: readonly number[]
  readonly slots: readonly number[]
}

/** What a target asks for. */
export interface Agenda {
  readonly movers: readonly Mover[]
  readonly slots: readonly Slot[]
  readonly pools: readonly Pool[]
  /** Copies that go away and come nowhere: surplus and draining ones. */
  readonly stops: readonly number[]
  /** Copies that are starting and stay: their readiness is awaited. */
  readonly waits: readonly number[]
}

const NOBODY: ReadonlySet<string> = new Set()

/**
 * Derives the agenda of a target. interchangeable: replicas of one deployment share a pool, but for gangs and those that are `named`, by
 * their ids: these go where the target says. lenders: copies that stay, and may step aside for a while.
 */
export function makeAgenda(
  instance: Instance,
  target: Target,
  interchangeable: boolean,
  lenders: readonly number[] = [],
  named: ReadonlySet<string> = NOBODY
): Agenda {
  const movers: Mover[] = []
  const slots: Slot[] = []
  const pools: { movers: number[]; slots: number[] }[] = []
  const shared = new Map<number, number>()
  const add = (
    who: Pick<Mover, 'replica' | 'deployment' | 'copy' | 'newcomer' | 'from' | 'gang' | 'moveCost'>,
    place: Place,
    lends = false
  ) => {
    const isAlike = interchangeable && who.gang === undefined && !lends && !named.has(who.replica)
    const known = isAlike ? shared.get(who.deployment) : undefined
    const pool = known ?? pools.push({ movers: [], slots: [] }) - 1
    if (isAlike) shared.set(who.deployment, pool)
    pools[pool]?.movers.push(movers.length)
    pools[pool]?.slots.push(slots.length)
    movers.push({ ...who, index: movers.length, pool, lends })
    slots.push({ index: slots.length, deployment: who.deployment, node: place.node, devices: place.devices, pool })
  }
  const stops: number[] = []
  const waits: number[] = []
  for (const [index, copy] of instance.copies.entries()) {
    const place = target.copies[index] ?? null
    if (place === null || copy.state === 'draining') stops.push(index)
    else if (place.node !== copy.node) {
      const { id, deployment, node, gang, moveCost } = copy
      add({ replica: id, deployment, copy: index, newcomer: -1, from: node, gang, moveCost }, place)
    } else if (copy.state === 'starting') waits.push(index)
  }
  for (const [index, newcomer] of target.newcomers.entries()) {
    const { id, deployment } = newcomer
    add({ replica: id, deployment, copy: -1, newcomer: index, from: -1, gang: undefined, moveCost: 0 }, newcomer)
  }
  for (const index of lenders) {
    const { id, deployment, node, devices, moveCost } = instance.copies[index] as InstanceCopy
    const who = { replica: id, deployment, copy: index, newcomer: -1, from: node, gang: undefined, moveCost }
    add(who, { node, devices }, true)
  }
  return { movers, slots, pools, stops, waits }
}

/** Where everybody is in the end when some movers stay where they are: their copies keep their nodes, their newcomers wait. */
export function leaveBehind(instance: Instance, target: Target, behind: readonly Mover[]): Target {
  const copies = [...target.copies]
  const absent = new Set<number>()
  for (const { copy, newcomer } of behind) {
    if (copy >= 0) copies[copy] = placeNow(instance.copies[copy] as InstanceCopy)
    else absent.add(newcomer)
  }
  const isAbsent = (_: Newcomer, index: number) => absent.has(index)
  return {
    ...target,
    copies,
    newcomers: target.newcomers.filter((newcomer, index) => !isAbsent(newcomer, index)),
    unplaced: [
      ...target.unplaced,
      ...target.newcomers.filter(isAbsent).map(({ id, deployment }) => ({ id, deployment }))
    ]
  }
}

/** The node and devices that a copy holds now. */
export function placeNow(copy: InstanceCopy): Place {
  return { node: copy.node, devices: copy.devices }
}
