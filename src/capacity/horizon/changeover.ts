import { type Hosting, keyOfHosting } from './node-contents.js'

/** What it takes to come from one period to the next. */
export interface Changeover {
  /** [kind]: nodes that are ordered, and given back. */
  readonly started: Int32Array
  readonly released: Int32Array
  /** [deployment]: copies that run in both periods, but elsewhere. */
  readonly moved: Int32Array
  /** What the nodes host in the later period. */
  readonly after: readonly Hosting[]
}

/**
 * Goes over to the nodes of the next period: whoever can stays. Nodes whose contents are those of a node that is wanted go on as they
 * are; of the others of the same kind, each takes over the contents of which most is there; the rest is ordered, or given back.
 *
 * @param before What nodes host: exactly the copies of the period before.
 * @param slots Nodes of the next period, with room for at least what is wanted.
 * @param wanted [deployment]: copies of the next period.
 */
export function changeOver(
  before: readonly Hosting[],
  slots: readonly Hosting[],
  wanted: ArrayLike<number>,
  kinds: number
): Changeover {
  const pairs = pairUp(before, slots)
  const deployments = wanted.length
  const left = Int32Array.from(wanted)
  const running = new Int32Array(deployments)
  for (const { counts, nodes } of before)
    for (const [index, copies] of counts.entries()) running[index] = (running[index] as number) + copies * nodes
  const started = new Int32Array(kinds)
  const released = new Int32Array(kinds)
  // Copies that stay first, then newcomers wherever there is room.
  const seated = pairs.flatMap(({ from, to, nodes }) => {
    if (to === null) {
      if (from !== null && !from.ofBase) released[from.kind] = (released[from.kind] as number) + nodes
      return []
    }
    if (from === null && !to.ofBase) started[to.kind] = (started[to.kind] as number) + nodes
    const common = to.counts.map((slot, index) => Math.min(slot, from?.counts[index] ?? 0))
    return splitByStay({ to, nodes, common }, left)
  })
  const stayed = Int32Array.from(wanted, (copies, index) => copies - (left[index] as number))
  const after = seated.flatMap((seat) => fillUp(seat, left))
  const moved = stayed.map((stays, index) =>
    Math.max(0, Math.min(running[index] as number, wanted[index] as number) - stays)
  )
  return { started, released, moved, after: joinAlike(after) }
}

interface Pair {
  readonly from: Hosting | null
  readonly to: Hosting | null
  readonly nodes: number
}

/** Nodes of one pair, and how many copies of each deployment are there already and stay. */
interface Seat {
  readonly to: Hosting
  readonly nodes: number
  readonly common: Int32Array
}

/** Pairs the nodes that there are with those that are wanted, of the same kind: the most common contents first. */
function pairUp(before: readonly Hosting[], slots: readonly Hosting[]): Pair[] {
  const pairs: Pair[] = []
  const open = slots.map((slot) => ({ slot, nodes: slot.nodes }))
  const there = before.map((hosting) => ({ hosting, nodes: hosting.nodes }))
  const candidates: { from: (typeof there)[number]; to: (typeof open)[number]; common: number; excess: number }[] = []
  for (const from of there) {
    for (const to of open) {
      if (from.hosting.kind !== to.slot.kind || from.hosting.ofBase !== to.slot.ofBase) continue
      let common = 0
      let excess = 0
      for (const [index, copies] of to.slot.counts.entries()) {
        const has = from.hosting.counts[index] as number
        common += Math.min(copies, has)
        excess += Math.abs(copies - has)
      }
      candidates.push({ from, to, common, excess })
    }
  }
  candidates.sort((left, right) => right.common - left.common || left.excess - right.excess)
  for (const { from, to } of candidates) {
    const nodes = Math.min(from.nodes, to.nodes)
    if (nodes === 0) continue
    from.nodes -= nodes
    to.nodes -= nodes
    pairs.push({ from: from.hosting, to: to.slot, nodes })
  }
  for (const { slot, nodes } of open) if (nodes > 0) pairs.push({ from: null, to: slot, nodes })
  for (const { hosting, nodes } of there) if (nodes > 0) pairs.push({ from: hosting, to: null, nodes })
  return pairs
}

/** Takes off what is wanted the copies that stay; where only some of the nodes may keep all theirs, they part. */
function splitByStay({ to, nodes, common }: Seat, left: Int32Array): Seat[] {
  const seats: Seat[] = []
  for (let open = nodes; open > 0; ) {
    const kept = common.map((copies, index) => Math.min(copies, left[index] as number))
    // So many nodes may keep just these.
    let alike = open
    for (const [index, copies] of kept.entries()) {
      if (copies > 0) alike = Math.min(alike, Math.floor((left[index] as number) / copies))
    }
    for (const [index, copies] of kept.entries()) left[index] = (left[index] as number) - copies * alike
    seats.push({ to, nodes: alike, common: kept })
    open -= alike
  }
  return seats
}

/** Newcomers take the slots that are left. */
function fillUp({ to, nodes, common }: Seat, left: Int32Array): Hosting[] {
  const filled: Hosting[] = []
  for (let open = nodes; open > 0; ) {
    const counts = common.map(
      (copies, index) => copies + Math.min((to.counts[index] as number) - copies, left[index] as number)
    )
    let alike = open
    for (const [index, copies] of counts.entries()) {
      const fresh = copies - (common[index] as number)
      if (fresh > 0) alike = Math.min(alike, Math.floor((left[index] as number) / fresh))
    }
    for (const [index, copies] of counts.entries()) {
      left[index] = (left[index] as number) - (copies - (common[index] as number)) * alike
    }
    filled.push({ kind: to.kind, ofBase: to.ofBase, counts, nodes: alike })
    open -= alike
  }
  return filled
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
