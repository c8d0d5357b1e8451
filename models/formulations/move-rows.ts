import type { InstanceDeployment } from '../instance/instance.js'
import type { AggregatedDraft } from './aggregated.js'

/** The migrations of one deployment's copies of one move cost: constant + Σ value · column. */
interface Moved {
  readonly deployment: number
  readonly moveCost: number
  readonly constant: number
  readonly entries: readonly (readonly [column: number, value: number])[]
}

/**
 * Migrations are the copies that run now, do not stay and are still wanted: now − Σ s, less those that are stopped as surplus.
 * Writes the budgets, the move-cost objective and, with a horizon, the moves' share of the total.
 */
export function addMoveRows(draft: AggregatedDraft): void {
  const { instance, builder, objectives } = draft
  const moved = instance.deployments.flatMap((deployment) =>
    deployment.isHeadroom ? [] : countMoved(draft, deployment)
  )
  const { horizonHours, moveCostPrice } = instance.problem.objective
  for (const { moveCost, constant, entries } of moved) {
    draft.addConstant('moves', constant * moveCost)
    for (const [column, value] of entries) addTo(objectives.moves, column, value * moveCost)
    if (horizonHours === null || moveCostPrice === 0) continue
    draft.addConstant('total', constant * moveCost * moveCostPrice)
    for (const [column, value] of entries) addTo(objectives.total, column, value * moveCost * moveCostPrice)
  }
  const { migrations, moveCost, perDeployment } = instance.budget
  const limit = (name: string, most: number, counted: readonly Moved[], weigh: (of: Moved) => number) => {
    if (!Number.isFinite(most)) return
    const entries = counted.flatMap((of) =>
      of.entries.map(([column, value]): [number, number] => [column, value * weigh(of)])
    )
    const constant = counted.reduce((sum, of) => sum + of.constant * weigh(of), 0)
    if (entries.length > 0) builder.row(name, -Infinity, most - constant, entries)
  }
  limit('budget migrations', migrations, moved, () => 1)
  limit('budget move cost', moveCost, moved, (of) => of.moveCost)
  if (!Number.isFinite(perDeployment)) return
  for (const { index, id } of instance.deployments) {
    const own = moved.filter(({ deployment }) => deployment === index)
    limit(`budget migrations of ${id}`, perDeployment, own, () => 1)
  }
}

function addTo(objective: Map<number, number>, column: number, weight: number): void {
  objective.set(column, (objective.get(column) ?? 0) + weight)
}

/** One entry for each move cost among the deployment's copies, those that may not be moved apart. */
function countMoved({ instance, builder, columns, outside }: AggregatedDraft, deployment: InstanceDeployment): Moved[] {
  const classes = new Map<string, { moveCost: number; isHeld: boolean; count: number; entries: [number, number][] }>()
  const classOf = (moveCost: number, isHeld: boolean) => {
    const key = `${moveCost} ${isHeld}`
    const known = classes.get(key) ?? { moveCost, isHeld, count: 0, entries: [] }
    classes.set(key, known)
    return known
  }
  for (const copy of instance.copies) {
    if (copy.deployment !== deployment.index || copy.state === 'draining') continue
    const of = classOf(copy.moveCost, copy.hold !== 'none')
    const staysOutside = outside.packing?.stays[copy.index] === 1 && !columns.isOpen(copy.node)
    of.count += staysOutside ? 0 : 1
  }
  for (const [position, { deployment: owner, moveCost, hold }] of columns.groups.entries()) {
    if (owner === deployment.index)
      classOf(moveCost, hold !== 'none').entries.push([columns.stay[position] as number, -1])
  }
  const all = [...classes.values()]
  if (deployment.surplus > 0) {
    const stopped: [number, number][] = []
    for (const of of all) {
      const name = `${deployment.id} at ${of.moveCost}${of.isHeld ? ' held' : ''}`
      const column = builder.column(`stop ${name}`, { upper: Math.min(of.count, deployment.surplus), integer: true })
      of.entries.push([column, -1])
      stopped.push([column, 1])
      builder.row(`moved ${name}`, -of.count, of.isHeld ? -of.count : Infinity, of.entries)
    }
    builder.row(`surplus ${deployment.id}`, deployment.surplus, deployment.surplus, stopped)
  }
  return all.map(({ moveCost, count, entries }) => ({
    deployment: deployment.index,
    moveCost,
    constant: count,
    entries
  }))
}
