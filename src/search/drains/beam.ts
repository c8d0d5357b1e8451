import { fullnessOf } from './drain-orders.js'
import type { DrainRecord } from './drain-record.js'
import type { DrainState } from './drain-state.js'

/** What room counts beside what is saved, of the most that a node can save: it only decides between sequences that are nearly alike. */
const ROOM_WEIGHT = 0.1

interface Beamed {
  readonly sequence: readonly number[]
  readonly score: number
  /** Nodes that may still be drained. */
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
  const highest = Math.max(1e-9, ...candidates.map((node) => record.values[node] as number))
  const scoreOf = () =>
    record.saved(drained) + (ROOM_WEIGHT * highest * roomOf(drained)) / Math.max(1, candidates.length)
  let level: Beamed[] = [{ sequence: [], score: 0, open: candidates }]
  while (level.length > 0) {
    const next = new Map<string, Beamed>()
    for (const { sequence, open } of level) {
      resume(drained, sequence)
      const left: number[] = []
      const longer: { readonly node: number; readonly score: number }[] = []
      for (const node of open) {
        const refusal = drained.drain(node)
        yield null
        if (refusal?.isFinal !== true) left.push(node)
        if (refusal !== null) continue
        look()
        longer.push({ node, score: scoreOf() })
        drained.undo()
      }
      for (const { node, score } of longer) {
        const set = [...sequence, node].sort((one, other) => one - other).join()
        const known = next.get(set)
        if (known !== undefined && known.score >= score) continue
        next.set(set, { sequence: [...sequence, node], score, open: left.filter((other) => other !== node) })
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

/** Room in large pieces is worth more than the same room in small ones: of each node that is left the free share, squared. */
function roomOf({ state, active }: DrainState): number {
  let room = 0
  for (const node of active) room += (1 - fullnessOf(state, node)) ** 2
  return room
}
