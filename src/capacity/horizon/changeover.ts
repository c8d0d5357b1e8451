import type { CopyClass } from '../../solvers/fleet/period-batch.js'
import { type Hosting, keyOfHosting } from './node-contents.js'
import { type NodePair, pairNodes } from './pair-nodes.js'
import { shareOut } from './share-out.js'

/** What it takes to come from one period to the next. */
export interface Changeover {
  /** [kind]: nodes by the hour that are ordered, and given back. */
  readonly started: Int32Array
  readonly released: Int32Array
  /** [deployment]: copies that run in both periods, but elsewhere. */
  readonly moved: Int32Array
  /** What the nodes host in the later period. */
  readonly after: readonly Hosting[]
}

/** What a period asks for. */
export interface WantedCopies {
  /** [deployment]. */
  readonly copies: ArrayLike<number>
  /** By the linking rows in which they count; every copy is of one of them. */
  readonly classes: readonly CopyClass[]
  /** [class]: copies there must be. */
  readonly least: Int32Array
}

/**
 * Goes over to the nodes of the next period: whoever can stays, and newcomers take the room that is left. Nodes are paired so that most
 * copies have room where they are.
 *
 * @param before What nodes host: exactly the copies of the period before.
 * @param slots Nodes of the next period, with room for at least what is wanted.
 */
export function changeOver(
  before: readonly Hosting[],
  slots: readonly Hosting[],
  wanted: WantedCopies,
  kinds: number
): Changeover {
  const seats = pairNodes(before, slots).flatMap(({ from, to, nodes }) =>
    to === null ? [] : [{ to, nodes, common: commonOf(from, to) }]
  )
  const seating = new Seating(seats, wanted)
  // Copies that stay first, then newcomers.
  const stayed = new Int32Array(wanted.copies.length)
  const seated = seats.flatMap((seat) => seating.keep(seat, stayed))
  const after = seated.flatMap((seat) => seating.fillUp(seat))
  const moved = stayed.map((stays, deployment) =>
    Math.max(0, Math.min(countOf(before, deployment), wanted.copies[deployment] as number) - stays)
  )
  const growth = byTheHour(slots, kinds).map((nodes, kind) => nodes - (byTheHour(before, kinds)[kind] as number))
  return {
    started: growth.map((nodes) => Math.max(0, nodes)),
    released: growth.map((nodes) => Math.max(0, -nodes)),
    moved,
    after: joinAlike(after)
  }
}

/** Nodes that are alike, and how many copies of each deployment are there already and may stay. */
interface Seat {
  readonly to: Hosting
  readonly nodes: number
  readonly common: Int32Array
}

/** Who still has to be seated. */
class Seating {
  /** [kind][deployment]: the class of copies. */
  readonly #classOf = new Map<number, Int32Array>()
  /** [class]. */
  readonly #left: Int32Array

  constructor(seats: readonly Seat[], { classes, copies, least }: WantedCopies) {
    for (const [index, { deployment, kinds }] of classes.entries()) {
      for (const kind of kinds) {
        const known = this.#classOf.get(kind) ?? new Int32Array(copies.length).fill(-1)
        known[deployment] = index
        this.#classOf.set(kind, known)
      }
    }
    const slots = new Int32Array(classes.length)
    const stays = new Int32Array(classes.length)
    for (const { to, nodes, common } of seats) {
      for (const [deployment, places] of to.counts.entries()) {
        if (places === 0) continue
        const index = this.#classesOn(to.kind)[deployment] as number
        slots[index] = (slots[index] as number) + nodes * places
        stays[index] = (stays[index] as number) + nodes * (common[deployment] as number)
      }
    }
    this.#left = shareOut(classes, copies, { slots, stays, least })
  }

  /** Takes off what is wanted the copies that stay; where only some of the nodes may keep all theirs, they part. */
  keep({ to, nodes, common }: Seat, stayed: Int32Array): Seat[] {
    return this.#take(to, nodes, common).map((part) => {
      for (const [deployment, copies] of part.copies.entries()) {
        stayed[deployment] = (stayed[deployment] as number) + copies * part.nodes
      }
      return { to, nodes: part.nodes, common: part.copies }
    })
  }

  /** Newcomers take the places that are left. */
  fillUp({ to, nodes, common }: Seat): Hosting[] {
    const places = to.counts.map((copies, deployment) => copies - (common[deployment] as number))
    return this.#take(to, nodes, places).map((part) => ({
      kind: to.kind,
      ofBase: to.ofBase,
      counts: part.copies.map((copies, deployment) => copies + (common[deployment] as number)),
      nodes: part.nodes
    }))
  }

  /** As many of the copies on each of the nodes as are left. */
  #take(to: Hosting, nodes: number, most: Int32Array): { readonly nodes: number; readonly copies: Int32Array }[] {
    const classes = this.#classesOn(to.kind)
    const left = (deployment: number) => this.#left[classes[deployment] as number] as number
    const parts: { nodes: number; copies: Int32Array }[] = []
    for (let open = nodes; open > 0; ) {
      const copies = most.map((places, deployment) => (places === 0 ? 0 : Math.min(places, left(deployment))))
      // So many nodes may have just these.
      let alike = open
      for (const [deployment, each] of copies.entries()) {
        if (each > 0) alike = Math.min(alike, Math.floor(left(deployment) / each))
      }
      for (const [deployment, each] of copies.entries()) {
        if (each === 0) continue
        const index = classes[deployment] as number
        this.#left[index] = (this.#left[index] as number) - each * alike
      }
      parts.push({ nodes: alike, copies })
      open -= alike
    }
    return parts
  }

  #classesOn(kind: number): Int32Array {
    return this.#classOf.get(kind) ?? new Int32Array(0)
  }
}

function commonOf(from: NodePair['from'], to: Hosting): Int32Array {
  return to.counts.map((copies, deployment) => Math.min(copies, from?.counts[deployment] ?? 0))
}

function countOf(hostings: readonly Hosting[], deployment: number): number {
  return hostings.reduce((sum, { counts, nodes }) => sum + nodes * (counts[deployment] as number), 0)
}

function byTheHour(hostings: readonly Hosting[], kinds: number): Int32Array {
  const byKind = new Int32Array(kinds)
  for (const { kind, ofBase, nodes } of hostings) if (!ofBase) byKind[kind] = (byKind[kind] as number) + nodes
  return byKind
}

function joinAlike(hostings: readonly Hosting[]): Hosting[] {
  const joined = new Map<string, Hosting>()
  for (const hosting of hostings) {
    const key = keyOfHosting(hosting)
    const known = joined.get(key)
    joined.set(key, known === undefined ? hosting : { ...known, nodes: known.nodes + hosting.nodes })
  }
  return [...joined.values()]
}
