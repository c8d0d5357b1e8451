import { migrationsLeft } from '../../../models/instance/instance.js'
import { accountMoves } from '../move-account.js'
import type { PackingState } from '../packing-state.js'

/** Whether the migrations so far are within every budget. */
export function keepsBudget(state: PackingState): boolean {
  const { budget, deployments } = state.instance
  if (state.migrations > budget.migrations) return false
  if (
    Number.isFinite(budget.perDeployment) &&
    deployments.some((owner) => state.migrationsOf(owner.index) > migrationsLeft(budget, owner))
  ) {
    return false
  }
  return (
    !Number.isFinite(budget.moveCost) || accountMoves(state.instance, state.stays).moveCost <= budget.moveCost + 1e-9
  )
}
