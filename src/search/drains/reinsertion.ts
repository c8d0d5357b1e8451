import { type Random, sample } from '../../random.js'
import { resume } from './beam.js'
import { drainInOrder } from './drain-in-order.js'
import { drainOrders, sortByOrder } from './drain-orders.js'
import type { DrainRecord } from './drain-record.js'
import type { DrainState } from './drain-state.js'

/** Drains that are taken out of a sequence at a time, at most. */
const MOST_REMOVED = 12
/** What a start counts beside the move cost: it only decides between sequences that are alike. */
const SECOND_MOVE = 1e-4
/** Rounds without anything better after which the search goes back to the best sequence. */
const PATIENCE = 60
/** Sums that differ by less are equal. */
const ROUNDING = 1e-9
/** How far the order of nearly alike nodes is left to chance. */
const NOISES = [0, 0.1, 0.4, 1]

export interface ReinsertionOptions {
  readonly random: Random
  /** Called for every sequence that may be better. */
  readonly look: () => void
  /** Nodes that a placement without Serve's rule leaves empty; null while none is known. */
  readonly guide: () => ReadonlySet<number> | null
}

/**
 * Large neighbourhood search over sequences of drains: takes some out of the sequence, or puts a node before all others that it leaves no
 * room for, does the rest again in its order, and drains greedily whatever else can be, in an order that is partly left to chance. What
 * saves more goes on, or as much with no more moves. Never ends; yields null after every look at a node.
 */
export function* searchByReinsertion(
  drained: DrainState,
  candidates: readonly number[],
  record: DrainRecord,
  { random, look, guide }: ReinsertionOptions
): Generator<null> {
  const orders = drainOrders(drained.state, record.values)
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item
  let current = record.leanest?.drains.map(({ node }) => node) ?? []
  let saved = record.mostSaved
  let moved = Infinity
  let idle = 0
  let followed: ReadonlySet<number> | null = null
  for (;;) {
    resume(drained, current)
    const wanted = guide()
    const isNews = wanted !== null && wanted !== followed
    const kept = isNews
      ? sortByOrder(
          [...wanted].filter((node) => candidates.includes(node)),
          pick(orders),
          pick(NOISES),
          random
        )
      : changed(drained, current, candidates, record, random)
    followed = wanted
    let shared = 0
    while (shared < kept.length && kept[shared] === current[shared]) shared++
    drained.backTo(shared)
    for (const node of kept.slice(shared)) {
      drained.drain(node)
      yield null
    }
    const prefersGuide = wanted !== null && random() < 0.3
    const order = pick(orders)
    const filled = sortByOrder(
      candidates,
      prefersGuide ? (node) => order(node) + (wanted.has(node) ? 1e6 : 0) : order,
      pick(NOISES),
      random
    )
    for (const _ of drainInOrder(drained, filled)) yield null
    look()
    // Of as much saved, fewer moves; of as many of these, fewer second ones.
    const [now, moves] = [record.saved(drained), record.moved(drained) + SECOND_MOVE * drained.starts]
    const isAlike = Math.abs(now - saved) <= ROUNDING
    idle = now > saved + ROUNDING || (isAlike && moves < moved - ROUNDING) ? 0 : idle + 1
    if (now > saved + ROUNDING || (isAlike && moves <= moved + ROUNDING)) {
      current = drained.drains.map(({ node }) => node)
      saved = now
      moved = moves
    } else if (idle > PATIENCE) {
      current = record.leanest?.drains.map(({ node }) => node) ?? []
      saved = record.mostSaved
      moved = Infinity
      idle = 0
    }
  }
}

/** A sequence with a few of its drains taken out, or with a node at its beginning that has no place in it. */
function changed(
  { drains }: DrainState,
  current: readonly number[],
  candidates: readonly number[],
  record: DrainRecord,
  random: Random
): number[] {
  const kind = random()
  const outside = candidates.filter((node) => !current.includes(node))
  const worth = (node: number) => 0.01 + Math.max(0, record.values[node] as number)
  if (kind < 0.35 && outside.length > 0) {
    const [first] = sample(outside, worth, 1, random)
    const before = Math.floor(random() * (current.length + 1))
    return [...current.slice(0, before), first as number, ...current.slice(before)]
  }
  if (kind < 0.6 && outside.length > 0) {
    // Whoever came to a node that is to go is in its way.
    const [node] = sample(outside, worth, 1, random)
    const inTheWay = new Set(
      drains.filter(({ moves }) => moves.some(({ to }) => to.node === node)).map((drain) => drain.node)
    )
    return [node as number, ...current.filter((other) => !inTheWay.has(other))]
  }
  const count = 1 + Math.floor(random() * Math.min(MOST_REMOVED, Math.max(1, current.length)))
  const removed = new Set(sample(current, () => 1, count, random))
  const left = current.filter((node) => !removed.has(node))
  if (kind < 0.85) return left
  const from = Math.floor(random() * (left.length + 1))
  return [...left.slice(from), ...left.slice(0, from)]
}
