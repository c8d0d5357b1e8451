import type { InstanceCopy, InstanceDeployment, InstanceNode } from '../../../models/instance/instance.js'
import type { Budget } from '../../budget.js'
import { clearNode } from '../clear-node.js'
import { accountMoves } from '../move-account.js'
import type { PackingState } from '../packing-state.js'
import { totalOf } from '../worth.js'
import { hostCopy } from './hosting.js'
import { keepsBudget } from './keeps-budget.js'
import { hardestFirst } from './size.js'

/** Nodes that are looked at in a unit of work. */
const LOOKS = 12_000

/** In which order nodes are tried. */
export type EvacuationOrder = 'cost' | 'saving-per-move' | 'emptiest'

/**
 * Empties one node after another, the most rewarding first, as long as all of its copies find a place on nodes that stay, or on
 * cheaper ones, and what that saves is worth the moves, where these have a price. Repeats until nothing changes. The state only ever
 * gets cheaper. Yields after every node.
 */
export function* evacuateNodes(state: PackingState, order: EvacuationOrder, budget: Budget): Generator<null> {
  let total = totalNow(state)
  let emptied = true
  while (emptied && !budget.isSpent()) {
    emptied = false
    for (const node of rankNodes(state, order)) {
      if (budget.isSpent()) return
      budget.charge(state.instance.nodes.length / LOOKS)
      const reached = evacuate(state, node, total)
      if (reached < total) emptied = true
      total = reached
      yield null
    }
  }
}

/** What is to be as small as possible once everything required has its place. */
function totalNow(state: PackingState): number {
  const { instance, cost } = state
  const { objective } = instance.problem
  const isPriced = objective.horizonHours !== null && objective.moveCostPrice > 0
  return totalOf(objective, cost, isPriced ? accountMoves(instance, state.stays).moveCost : 0)
}

/** Empties one node if all its copies fit elsewhere for less; otherwise leaves everything as it was. Returns the total of what is left. */
function evacuate(state: PackingState, node: number, total: number): number {
  const { copies } = state.instance
  const here = (state.instance.nodes[node] as InstanceNode).copies.filter((copy) => state.stays[copy] === 1)
  if (here.some((copy) => (copies[copy] as InstanceCopy).hold !== 'none')) return total
  const { final } = state.rules
  const before = { mark: state.mark(), cost: state.cost, broken: final.excess(), isWorse: final.isWorse() }
  const homeless = clearNode(state, node).sort(hardestFirst(state.instance))
  const mayOpen = (idle: number) => {
    const { costPerHour } = state.instance.nodes[idle] as InstanceNode
    return state.cost + costPerHour < before.cost - 1e-9
  }
  const housed = homeless.every((deployment) => {
    const { desired } = state.instance.deployments[deployment] as InstanceDeployment
    if ((state.placed[deployment] as number) >= desired) return true
    return hostCopy(state, deployment, (destination) => destination !== node, mayOpen) >= 0
  })
  const keepsRules = () => final.excess() <= before.broken && (before.isWorse || !final.isWorse())
  const better = housed && state.cost < before.cost - 1e-9 && keepsRules() && keepsBudget(state)
  const reached = better ? totalNow(state) : total
  if (reached < total - 1e-9) return reached
  state.rollBack(before.mark)
  return total
}

function rankNodes(state: PackingState, order: EvacuationOrder): number[] {
  const worth = new Map<number, number>()
  for (const { index, costPerHour, releasable, capacity } of state.instance.nodes) {
    const population = state.population[index] as number
    if (!releasable || population === 0) continue
    if (order === 'cost') worth.set(index, costPerHour)
    else if (order === 'saving-per-move') worth.set(index, costPerHour / population)
    else {
      let fullest = 0
      for (let resource = 0; resource < capacity.length; resource++) {
        const total = capacity[resource] as number
        if (total > 0) fullest = Math.max(fullest, 1 - state.free(index, resource) / total)
      }
      worth.set(index, costPerHour * (1.01 - fullest))
    }
  }
  return [...worth].sort(([a, left], [b, right]) => right - left || a - b).map(([index]) => index)
}
