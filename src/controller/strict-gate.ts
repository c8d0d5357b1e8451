import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import { formatCount, formatDuration, formatMoney, formatPercent } from '../report/text/numbers.js'
import type { GatePolicy } from './policy.js'

/** Savings that differ by less are the same. */
const TOLERANCE = 1e-9

/**
 * The Problem with the stricter of both gates, as far as a Problem can say it, so that a smaller plan that passes is found where the best
 * one does not.
 */
export function imposeGate(problem: Problem, policy: GatePolicy): Problem {
  const { gate, objective } = problem
  const minSavingPerMove = Math.max(gate.minSavingPerMove, policy.minSavingPerMove)
  const own = objective.moveCostPrice
  const paybackHours = own > 0 ? least(gate.paybackHours, policy.paybackHours) : gate.paybackHours
  return { ...problem, gate: { minSavingPerMove, paybackHours } }
}

/**
 * Why the moves of a plan are not worth it, in words; null: they are, or there are none. The gates of Problem and policy count, each as it
 * is stated.
 */
export function findObjection({ gate, objective: aims }: Problem, result: Result, policy: GatePolicy): string | null {
  const { objective, initial } = result
  if (objective === undefined || objective.migrations === 0) return null
  const saving = initial.costPerHour - objective.costPerHour
  const said = `it saves ${formatMoney(saving)} an hour`
  const isLess = (least: number) => saving < least - TOLERANCE * Math.max(1, least)
  if (isLess(policy.minSavingPerHour)) return `${said}, at least ${formatMoney(policy.minSavingPerHour)} is asked for`
  if (isLess(policy.minSavingShare * initial.costPerHour)) {
    const share = initial.costPerHour === 0 ? 0 : saving / initial.costPerHour
    return `it saves ${formatPercent(share)}, at least ${formatPercent(policy.minSavingShare)} is asked for`
  }
  const perMove = Math.max(gate.minSavingPerMove, policy.minSavingPerMove)
  if (isLess(perMove * objective.migrations)) {
    return `${said} with ${formatCount(objective.migrations, 'migration')}, at least ${formatMoney(perMove)} each is asked for`
  }
  const price = aims.moveCostPrice > 0 ? aims.moveCostPrice : policy.moveCostPrice
  const hours = aims.moveCostPrice > 0 ? least(gate.paybackHours, policy.paybackHours) : policy.paybackHours
  const cost = objective.moveCost * price
  if (hours !== null && cost > hours * saving + TOLERANCE * Math.max(1, cost)) {
    return `${said}, which does not repay moves for ${formatMoney(cost)} within ${formatDuration(hours * 3600)}`
  }
  return null
}

function least(left: number | null, right: number | null): number | null {
  return left === null || right === null ? (left ?? right) : Math.min(left, right)
}
