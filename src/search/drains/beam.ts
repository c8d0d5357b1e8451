import { seededRandom } from '../../random.js'
import { fullnessOf } from './drain-orders.js'
import type { DrainRecord } from './drain-record.js'
import type { DrainState } from './drain-state.js'

/** What room counts beside what is saved, of the most that a node can save: it only decides between sequences that are nearly alike. */
const ROOM_WEIGHT = 0.1
/** Sets of nodes are told apart by sums of such numbers. */
const LARGEST_NAME = 2 ** 46

interface Beamed {
  readonly sequence: readonly number[]
  /** A number that is the same for the same set of nodes, and hardly for another. */
  readonly set: number
  readonly score: number
  /** Nodes that might be drained before the last one was. */
  readonly open: readonly number[]
}

/**
 * A beam search over sequences of drains: of all sequences that are longer by one node the best so many go on. Of those that drain the same
 * set of nodes only the best is kept: the one whose room is in the largest pieces. `look` is called for every sequence. Yields null
 * after every look at a node.
 */
export function* beamSearch(
  drained: DrainState,
  candidates: readonly number[],
  record: DrainRecord,
  width: number,
  look: () => void
): Generator<null> {
  const { state } = drained
  const highest = Math.max(1e-9, ...candidates.map((node) => record.values[node] as number))
  const weight = (ROOM_WEIGHT * highest) / Math.max(1, candidates.length)
  const random = seededRandom(candidates.length)
  const names = new Map(candidates.map((node) => [node, Math.floor(random() * LARGEST_NAME)]))
  let level: Beamed[] = [{ sequence: [], set: 0, score: 0, open: candidates }]
  while (level.length > 0) {
    const next = new Map<number, Beamed>()
    for (const { sequence, set, open } of level) {
      resume(drained, sequence)
      const saved = record.saved(drained)
      const rooms = new Map([...drained.active].map((node) => [node, roomOf(state, node)]))
      const room = [...rooms.values()].reduce((sum, part) => sum + part, 0)
      const left: number[] = []
      for (const node of open) {
        if (drained.isDrained(node)) continue
        const refusal = drained.drain(node)
        yield null
        if (refusal?.isFinal !== true) left.push(node)
        if (refusal !== null) continue
        look()
        let change = -(rooms.get(node) as number)
        for (const { to } of new Map(drained.drains.at(-1)?.moves.map((move) => [move.to.node, move])).values())
          change += roomOf(state, to.node) - (rooms.get(to.node) as number)
        const score = saved + (record.values[node] as number) + weight * (room + change)
        drained.undo()
        const name = set + (names.get(node) as number)
        if ((next.get(name)?.score ?? -Infinity) < score)
          next.set(name, { sequence: [...sequence, node], set: name, score, open: left })
      }
    }
    level = [...next.values()].sort((one, other) => other.score - one.score).slice(0, width)
  }
  drained.backTo(0)
}

/** Goes to where a sequence of drains leads, keeping what it begins with. */
export function resume(drained: DrainState, sequence: readonly number[]): void {
  const { drains } = drained
  let shared = 0
  while (shared < drains.length && drains[shared]?.node === sequence[shared]) shared++
  drained.backTo(shared)
  for (const node of sequence.slice(shared)) drained.drain(node)
}

/** Room in large pieces is worth more than the same room in small ones: the free share of a node, squared. */
function roomOf(state: DrainState['state'], node: number): number {
  return (1 - fullnessOf(state, node)) ** 2
}
