import type { FinalRule } from '../../../models/instance/instance.js'
import type { PackingState } from '../packing-state.js'
import { keepsBudget } from './keeps-budget.js'
import { type Effort, type Movable, movablesOn, relocate } from './relocation.js'

/** Domains that are tried of those with most members, and of those with most room. */
const MOST_TRIED = 6

/** Moves the members of an affinity into one domain, as many whole domains of them as go. Returns whether that mended something. */
export function gatherMembers(state: PackingState, rule: number, expired: () => boolean, effort: Effort): boolean {
  const { final } = state.rules
  const before = final.excess()
  const wasWorse = final.isWorse()
  let best = { target: -1, excess: before }
  for (const target of targetsOf(state, rule)) {
    if (expired()) break
    const mark = state.mark()
    gather(state, rule, target, effort)
    const excess = final.excess()
    const isSound = wasWorse || !final.isWorse()
    if (isSound && excess < best.excess) best = { target, excess }
    if (isSound && excess < before && final.excessOf(rule) === 0) return true
    state.rollBack(mark)
  }
  if (best.target < 0) return false
  gather(state, rule, best.target, effort)
  return final.excess() < before
}

/** Empties the other domains into one, those with fewest members first. Members outside every domain count one by one. */
function gather(state: PackingState, rule: number, target: number, effort: Effort): void {
  const { final } = state.rules
  const levels = final.levelsOf(rule)
  const outside = levels.length - 1
  const isThere = (node: number) => final.slotOf(rule, node) === target
  const slots = [...levels.keys()].filter((slot) => slot !== target && (levels[slot] as number) > 0)
  for (const slot of slots.sort((left, right) => (levels[left] as number) - (levels[right] as number))) {
    const before = { mark: state.mark(), excess: final.excess() }
    const leaving = membersAt(state, rule, slot)
    if (slot !== outside && leaving.length < (levels[slot] as number)) continue
    const accepts = () => keepsBudget(state) && (slot !== outside || final.excess() < before.excess)
    for (const member of leaving) {
      const moved = relocate(state, member, isThere, accepts, effort)
      if (slot === outside) before.excess = final.excess()
      else if (!moved) break
    }
    const isHalfEmptied = slot !== outside && (levels[slot] as number) > 0
    if (isHalfEmptied || final.excess() > before.excess) state.rollBack(before.mark)
  }
}

function membersAt(state: PackingState, rule: number, slot: number): Movable[] {
  const members = new Set(state.instance.finalRules[rule]?.deployments)
  return state.instance.nodes
    .filter(({ index }) => state.rules.final.slotOf(rule, index) === slot)
    .flatMap(({ index }) => movablesOn(state, index, members))
}

/** The domains with most members, then those with most room. */
function targetsOf(state: PackingState, rule: number): number[] {
  const { domains } = state.instance.finalRules[rule] as FinalRule
  const levels = state.rules.final.levelsOf(rule)
  const slots = [...domains.keys()]
  const byMembers = slots
    .filter((slot) => (levels[slot] as number) > 0)
    .sort((left, right) => (levels[right] as number) - (levels[left] as number))
  const room = slots.map((slot) => roomIn(state, domains[slot]?.nodes ?? []))
  const byRoom = [...slots].sort((left, right) => (room[right] as number) - (room[left] as number))
  return [...new Set([...byMembers.slice(0, MOST_TRIED), ...byRoom.slice(0, MOST_TRIED)])]
}

/** What is free on nodes, in shares of what all nodes have, summed over the resources. */
function roomIn(state: PackingState, nodes: readonly number[]): number {
  const { resources, nodes: all } = state.instance
  return resources.reduce((room, _, resource) => {
    const total = all.reduce((sum, { capacity }) => sum + (capacity[resource] as number), 0)
    const free = nodes.reduce((sum, node) => sum + Math.max(0, state.free(node, resource)), 0)
    return room + (total > 0 ? free / total : 0)
  }, 0)
}
