import { bindingLimits, mostWithSlack } from '../instance/binding-limit.js'
import { type Instance, migrationsLeft } from '../instance/instance.js'
import type { Entry, ProgramDraft } from './draft.js'

/** The migrations of some of a deployment's copies, of one move cost: constant + Σ value · column. */
export interface Moved {
  readonly deployment: number
  readonly moveCost: number
  readonly constant: number
  readonly entries: readonly Entry[]
}

/** Writes the budgets, the move-cost objective and, with a horizon, the moves' share of the total. */
export function addMoveRows({ instance, builder, objectives }: ProgramDraft, moved: readonly Moved[]): void {
  const { horizonHours, moveCostPrice } = instance.problem.objective
  for (const { moveCost, constant, entries } of moved) {
    objectives.addConstant('moves', constant * moveCost)
    for (const [column, value] of entries) objectives.add('moves', column, value * moveCost)
    if (horizonHours === null || moveCostPrice === 0) continue
    objectives.addConstant('total', constant * moveCost * moveCostPrice)
    for (const [column, value] of entries) objectives.add('total', column, value * moveCost * moveCostPrice)
  }
  for (const { name, most, weigh } of budgetsOf(instance)) {
    const entries = moved.flatMap((of) => of.entries.map(([column, value]): Entry => [column, value * weigh(of)]))
    const constant = moved.reduce((sum, of) => sum + of.constant * weigh(of), 0)
    if (entries.some(([, value]) => value !== 0)) builder.row(name, -Infinity, most - constant, entries)
  }
}

/** The budgets that are limited, with what one migration counts against each. */
function budgetsOf({ budget, deployments, copies }: Instance) {
  const bind = bindingLimits(copies.map(({ moveCost }) => moveCost))
  const own = deployments.map((owner) => ({
    name: `budget migrations of ${owner.id}`,
    most: migrationsLeft(budget, owner),
    weigh: ({ deployment }: Moved) => (deployment === owner.index ? 1 : 0)
  }))
  return [
    { name: 'budget migrations', most: budget.migrations, weigh: () => 1 },
    { name: 'budget move cost', most: mostWithSlack(bind(budget.moveCost)), weigh: ({ moveCost }: Moved) => moveCost },
    ...own
  ].filter(({ most }) => Number.isFinite(most))
}
