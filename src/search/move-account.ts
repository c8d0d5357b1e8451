import type { Instance, InstanceCopy, InstanceDeployment } from '../../models/instance/instance.js'
import { within } from '../../models/instance/instance.js'
import type { Packing } from '../../models/instance/packing.js'

/** What a packing costs in moves. */
export interface MoveAccount {
  readonly migrations: number
  readonly moveCost: number
  /** Migrations of the deployment that has most, those included that are decided. */
  readonly mostOfOneDeployment: number
}

/**
 * Counts the migrations of a packing: copies that run, do not stay and are still wanted. Of those that leave a deployment with
 * surplus, the ones that cost most to move are the ones that are stopped.
 */
export function accountMoves(instance: Instance, stays: Packing['stays']): MoveAccount {
  const leaving = instance.deployments.map(() => [] as InstanceCopy[])
  for (const copy of instance.copies) {
    if (copy.state !== 'draining' && stays[copy.index] === 0) (leaving[copy.deployment] as InstanceCopy[]).push(copy)
  }
  let migrations = 0
  let moveCost = 0
  let mostOfOneDeployment = 0
  for (const [deployment, leavers] of leaving.entries()) {
    if (leavers.length === 0) continue
    const { surplus, migrated } = instance.deployments[deployment] as InstanceDeployment
    const moved = orderLeavers(leavers).slice(0, Math.max(0, leavers.length - surplus))
    migrations += moved.length
    mostOfOneDeployment = Math.max(mostOfOneDeployment, migrated + moved.length)
    for (const copy of moved) moveCost += copy.moveCost
  }
  return { migrations, moveCost, mostOfOneDeployment }
}

/**
 * Leavers of one deployment, those to move first, those to stop, when there is surplus, last: what may not be moved can only be
 * stopped; of the others the costliest to move are stopped and, at equal cost, those that are being replaced.
 */
export function orderLeavers(leavers: readonly InstanceCopy[]): InstanceCopy[] {
  const replaced = new Set(leavers.flatMap((copy) => copy.replaces ?? []))
  const isHeld = ({ hold }: InstanceCopy) => Number(hold !== 'none')
  const isReplaced = ({ id }: InstanceCopy) => Number(replaced.has(id))
  return [...leavers].sort(
    (left, right) =>
      isHeld(left) - isHeld(right) ||
      left.moveCost - right.moveCost ||
      isReplaced(left) - isReplaced(right) ||
      left.index - right.index
  )
}

/** Whether an account stays within the instance's budgets. */
export function withinBudget({ budget }: Instance, account: MoveAccount): boolean {
  return (
    account.migrations <= budget.migrations &&
    within(account.moveCost, budget.moveCost) &&
    account.mostOfOneDeployment <= budget.perDeployment
  )
}
