import type { InstanceCopy, InstanceNode } from '../../../models/instance/instance.js'
import type { PackingState, SeatedArrival } from '../packing-state.js'
import { hostAll } from './hosting.js'
import { keepsBudget } from './keeps-budget.js'

/** Nodes that copies are brought back to, or were tried to be, at most: there is more to do than to repair. */
const MOST_TRIED = 200

/**
 * Brings copies back to their places on active nodes until the migrations are within every budget. What was to come there goes
 * elsewhere, on active nodes. Returns whether that was enough.
 */
export function repairBudget(state: PackingState): boolean {
  let tried = 0
  for (const node of state.instance.nodes) {
    if (tried === MOST_TRIED || keepsBudget(state)) break
    if (state.isActive(node.index) && bringHome(state, node)) tried++
  }
  return keepsBudget(state)
}

/** Brings back what can be to one node. Undone where that saves no migration, or costs more than migrations. False where nothing left. */
function bringHome(state: PackingState, node: InstanceNode): boolean {
  const leavers = leaversOf(state, node)
  if (leavers.length === 0) return false
  const mark = state.mark()
  const { migrations, cost } = state
  const broken = state.rules.final.excess()
  const homeless: number[] = []
  for (const arrival of [...(state.arrivals[node.index] as SeatedArrival[])]) {
    state.remove(arrival)
    homeless.push(arrival.deployment)
  }
  for (const { index, deployment } of leavers) {
    if (state.mayReturn(index) && giveUpArrival(state, deployment, homeless)) state.stay(index)
  }
  const isHoused = hostAll(state, homeless, () => false)
  const isBetter = isHoused && state.migrations < migrations && state.cost <= cost + 1e-9
  if (!isBetter || state.rules.final.excess() > broken) state.rollBack(mark)
  return true
}

/** The copies of a node that run, do not stay and may; those that cost most to move first. */
function leaversOf({ instance, stays }: PackingState, { copies }: InstanceNode): InstanceCopy[] {
  return copies
    .map((copy) => instance.copies[copy] as InstanceCopy)
    .filter(({ index, state }) => state !== 'draining' && stays[index] === 0)
    .sort((left, right) => right.moveCost - left.moveCost || left.index - right.index)
}

/** Takes away an arrival of a deployment: one without a place, or else a seated one. False where there is none. */
function giveUpArrival(state: PackingState, deployment: number, homeless: number[]): boolean {
  const waiting = homeless.indexOf(deployment)
  if (waiting >= 0) {
    homeless.splice(waiting, 1)
    return true
  }
  for (const here of state.arrivals) {
    const arrival = here.find((candidate) => candidate.deployment === deployment)
    if (arrival === undefined) continue
    state.remove(arrival)
    return true
  }
  return false
}
