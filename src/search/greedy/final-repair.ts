import type { FinalRule } from '../../../models/instance/instance.js'
import type { PackingState } from '../packing-state.js'
import { gatherMembers } from './affinity-repair.js'
import { keepsBudget } from './keeps-budget.js'
import { type Effort, type Movable, movablesOn, relocate } from './relocation.js'
import { sizeOf } from './size.js'

/** Copies of one deployment that are tried in one step, the cheapest to move: where they find no place, others will not either. */
const MOST_TRIED = 3

/** Slots of a rule: its domains, then what is outside them. */
type Slots = (slot: number) => boolean

/**
 * Mends broken spreads, affinities and at-leasts, as far as a sequence of moves does it that each mend something, or, in an affinity,
 * empty a domain. Copies that are to start anyway move first. The rules together are never more broken than before.
 */
export function repairFinalRules(state: PackingState, expired: () => boolean, effort: Effort): void {
  const { final } = state.rules
  for (let mended = true; mended; ) {
    mended = false
    for (const [index, { definition }] of state.instance.finalRules.entries()) {
      if (final.excessOf(index) === 0) continue
      if (expired()) return
      const mend = definition.kind === 'affinity' ? gatherMembers : spreadMembers
      if (mend(state, index, expired, effort)) mended = true
    }
  }
}

/** Moves members one by one. Moves that only even a spread out are undone, unless one that mends something follows. */
function spreadMembers(state: PackingState, rule: number, expired: () => boolean, effort: Effort): boolean {
  const { final } = state.rules
  let best = { mark: state.mark(), excess: final.excess() }
  let mended = false
  while (final.excessOf(rule) > 0 && !expired() && moveOne(state, rule, effort)) {
    if (final.excess() >= best.excess) continue
    best = { mark: state.mark(), excess: final.excess() }
    mended = true
  }
  state.rollBack(best.mark)
  return mended
}

function moveOne(state: PackingState, rule: number, effort: Effort): boolean {
  const { final } = state.rules
  const before = { excess: final.excess(), unevenness: unevennessOf(state, rule), isWorse: final.isWorse() }
  const accepts = () => {
    const excess = final.excess()
    const isBetter =
      excess < before.excess || (excess === before.excess && unevennessOf(state, rule) < before.unevenness)
    return isBetter && (before.isWorse || !final.isWorse()) && keepsBudget(state)
  }
  return wishesOf(state, rule).some(([from, to]) =>
    membersIn(state, rule, from).some((movable) =>
      relocate(state, movable, (node) => to(final.slotOf(rule, node)), accepts, effort)
    )
  )
}

/** From where to where a move would help, the best first. */
function wishesOf(state: PackingState, rule: number): [from: Slots, to: Slots][] {
  const { definition, domains } = state.instance.finalRules[rule] as FinalRule
  const levels = state.rules.final.levelsOf(rule)
  const at = (slot: number) => levels[slot] as number
  const isInside = (slot: number) => slot < domains.length
  const isOutside = (slot: number) => !isInside(slot)
  if (definition.kind === 'at-least') return [[isOutside, isInside]]
  const wishes: [Slots, Slots][] = []
  if (at(domains.length) > 0) wishes.push([isOutside, isInside])
  if (definition.kind !== 'spread') return wishes
  if (definition.minDomains !== undefined) {
    wishes.push([(slot) => isInside(slot) && at(slot) > 1, (slot) => isInside(slot) && at(slot) === 0])
  }
  if (definition.maxSkew !== undefined) {
    const counted = domains.flatMap((domain, slot) => (domain.counted || at(slot) > 0 ? [at(slot)] : []))
    const [least, most] = [Math.min(...counted), Math.max(...counted)]
    const isFullest = (slot: number) => isInside(slot) && at(slot) === most
    const isEmptiest = (slot: number) => isInside(slot) && at(slot) === least
    wishes.push(
      [isFullest, isEmptiest],
      [isFullest, (slot) => isInside(slot) && at(slot) < most - 1],
      [(slot) => isInside(slot) && at(slot) > least + 1, isEmptiest]
    )
  }
  return wishes
}

/** Members that may move, a few of each deployment: those to start, then the cheapest to move, then the smallest. */
function membersIn(state: PackingState, rule: number, from: Slots): Movable[] {
  const { instance } = state
  const members = new Set(instance.finalRules[rule]?.deployments)
  const effortOf = ({ moveCost, deployment }: Movable) => moveCost + sizeOf(instance, deployment) * 1e-3
  const found = instance.nodes
    .flatMap(({ index }) => (from(state.rules.final.slotOf(rule, index)) ? movablesOn(state, index, members) : []))
    .sort((left, right) => effortOf(left) - effortOf(right))
  const seen = new Map<number, number>()
  return found.filter(({ deployment }) => {
    const count = (seen.get(deployment) ?? 0) + 1
    seen.set(deployment, count)
    return count <= MOST_TRIED
  })
}

/** Falls with every move from a fuller domain to one that stays emptier. */
function unevennessOf(state: PackingState, rule: number): number {
  const { domains } = state.instance.finalRules[rule] as FinalRule
  const levels = state.rules.final.levelsOf(rule).subarray(0, domains.length)
  return levels.reduce((sum, level) => sum + level * level, 0)
}
