import type { DrainRecord } from './drain-record.js'
import type { DrainState } from './drain-state.js'

/** States beyond which sequences are not enumerated. */
const MOST_STATES = 20_000
/** Sums that differ by less are equal. */
const ROUNDING = 1e-9

/**
 * Tries every sequence of drains, each state once. `look` is called for every state. What cannot save as much as the best plan, even if
 * every node that is left went, is passed over where only the cost decides. Yields null after every look at a node; returns whether
 * nothing was left out for want of effort, so that no sequence is better than the best.
 */
export function* tryAllSequences(
  drained: DrainState,
  candidates: readonly number[],
  record: DrainRecord,
  look: () => void
): Generator<null, boolean> {
  const seen = new Set<string>()
  const mayPrune = record.costComesFirst
  function* goOn(open: readonly number[]): Generator<null, boolean> {
    const key = keyOf(drained)
    if (seen.has(key)) return true
    if (seen.size >= MOST_STATES) return false
    seen.add(key)
    look()
    const hopes = open.reduce((sum, node) => sum + Math.max(0, record.values[node] as number), 0)
    if (mayPrune && record.saved(drained) + hopes < record.mostSaved - ROUNDING) return true
    const hopeless = new Set<number>()
    let isWhole = true
    for (const node of open) {
      const refusal = drained.drain(node)
      yield null
      if (refusal?.isFinal === true) hopeless.add(node)
      if (refusal !== null) continue
      const left = open.filter((other) => other !== node && !hopeless.has(other))
      isWhole = (yield* goOn(left)) && isWhole
      drained.undo()
      if (!isWhole && seen.size >= MOST_STATES) return false
    }
    return isWhole
  }
  const isWhole = yield* goOn(candidates)
  drained.backTo(0)
  return isWhole
}

/** The same for states from which the same follows: who is where, with which devices, and what the budget has left. */
function keyOf(drained: DrainState): string {
  const { drains, state, starts, moveCost } = drained
  const places = new Map<number, string>()
  for (const { moves } of drains)
    for (const { copy, to } of moves) places.set(copy, `${copy}@${to.node}:${to.devices.map((held) => held.join('+'))}`)
  const { budget } = state.instance
  const isLimited = budget.migrations < Infinity || budget.moveCost < Infinity || budget.perDeployment < Infinity
  const spent = isLimited ? `|${starts}|${moveCost.toFixed(9)}|${drained.startsByDeployment.join()}` : ''
  return (
    [...places]
      .sort(([one], [other]) => one - other)
      .map(([, place]) => place)
      .join() + spent
  )
}
