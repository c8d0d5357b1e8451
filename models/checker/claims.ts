import type { Result } from '../contract/result.js'
import { activeNodes, type Cluster, costOf, initialCopies } from './cluster.js'
import { totalMoveCost } from './migration-budget.js'
import { breaksRules, type FinalState } from './repairs.js'
import { exceeds, isNear } from './tolerance.js'
import type { Report } from './violations.js'

/** The gap up to which an answer counts as optimal. */
const OPTIMAL_GAP = 1e-6

/** What a placement is worth, recomputed from the Problem. */
interface Worth {
  readonly costPerHour: number
  readonly moveCost: number
  readonly migrations: number
  readonly activeNodes: number
  readonly total: number
  readonly initialCost: number
  readonly initialActiveNodes: number
}

function recompute(cluster: Cluster, { placed, room, migrations }: FinalState): Worth {
  const { horizonHours, moveCostPrice } = cluster.problem.objective
  const active = activeNodes(cluster, [...placed, ...room])
  const initial = activeNodes(cluster, initialCopies(cluster))
  const costPerHour = costOf(active)
  const moveCost = totalMoveCost(cluster, migrations)
  return {
    costPerHour,
    moveCost,
    migrations: migrations.length,
    activeNodes: active.size,
    total: horizonHours === null ? costPerHour : costPerHour * horizonHours + moveCost * moveCostPrice,
    initialCost: costOf(initial),
    initialActiveNodes: initial.size
  }
}

/** What a feasible Result says of itself, recomputed. */
export function checkClaims(
  cluster: Cluster,
  result: Result,
  final: FinalState,
  stayIsLegal: boolean,
  report: Report
): void {
  const worth = recompute(cluster, final)
  const { objective, producer, termination } = result
  if (producer === undefined) report('claim', 'producer', 'a feasible Result names its producer')
  if (termination === 'infeasible' || termination === 'failed') {
    report('claim', 'termination', `termination ${termination} with a feasible placement`)
  }
  const compare = (name: string, claimed: number, actual: number) => {
    if (isNear(claimed, actual)) return
    report('claim', name, `${name} is said to be ${claimed}, it is ${actual}`, Math.abs(claimed - actual))
  }
  if (objective === undefined) report('claim', 'objective', 'a feasible Result has an objective')
  else {
    for (const name of ['costPerHour', 'moveCost', 'migrations', 'activeNodes', 'total'] as const) {
      compare(`objective.${name}`, objective[name], worth[name])
    }
  }
  compare('initial.costPerHour', result.initial.costPerHour, worth.initialCost)
  compare('initial.activeNodes', result.initial.activeNodes, worth.initialActiveNodes)
  compare('initial.listedCostPerHour', result.initial.listedCostPerHour, listedCost(cluster))
  checkBound(cluster, result, worth, stayIsLegal, report)
  checkGate(cluster, worth, stayIsLegal, report)
  if (breaksRules(cluster, final) !== result.violations.length > 0) {
    const message =
      result.violations.length > 0
        ? 'the Result says that its placement leaves rules broken, but it breaks none'
        : 'the Result says that its placement breaks no rule, but it breaks some'
    report('claim', 'violations', message)
  }
}

/** A lower bound is one: not above what was found, nor above what staying put costs; gap and termination agree with it. */
function checkBound(cluster: Cluster, result: Result, worth: Worth, stayIsLegal: boolean, report: Report): void {
  const { bound, gap, termination } = result
  if (bound === undefined || gap === undefined) {
    report('claim', 'bound', 'a feasible Result has a bound and a gap')
    return
  }
  const atMost = (name: string, claimed: number | undefined, limit: number, what: string) => {
    if (claimed === undefined || !exceeds(claimed, limit)) return
    report('claim', name, `${name} is ${claimed}, above ${what}, ${limit}`, claimed - limit)
  }
  atMost('bound.costPerHour', bound.costPerHour, worth.costPerHour, 'the cost that was found')
  atMost('bound.total', bound.total, worth.total, 'the total that was found')
  atMost('bound.moveCost', bound.moveCost, worth.moveCost, 'the move cost that was found')
  if (stayIsLegal) atMost('bound.costPerHour', bound.costPerHour, worth.initialCost, 'the cost of staying put')
  if (cluster.problem.objective.horizonHours === null && !isNear(bound.total, bound.costPerHour)) {
    report(
      'claim',
      'bound.total',
      `bound.total is ${bound.total}, bound.costPerHour ${bound.costPerHour}: they are the same here`
    )
  }
  const actual = worth.total <= 0 ? 0 : Math.max(0, (worth.total - bound.total) / worth.total)
  if (!isNear(gap, actual)) report('claim', 'gap', `gap is said to be ${gap}, it is ${actual}`, Math.abs(gap - actual))
  if (termination === 'optimal' && exceeds(actual, OPTIMAL_GAP)) {
    report('claim', 'termination', `termination optimal at a gap of ${actual}`, actual)
  }
  const isLacking = cluster.problem.pending === 'required' && result.unplaced.length > 0
  if (isLacking && (termination === 'optimal' || termination === 'gap-limit')) {
    report(
      'claim',
      'termination',
      `termination ${termination} although ${result.unplaced.length} required replicas have no place`
    )
  }
}

/** Moves that need not be made repay, as the gate asks. */
function checkGate(cluster: Cluster, worth: Worth, stayIsLegal: boolean, report: Report): void {
  if (!stayIsLegal || worth.migrations === 0) return
  const { paybackHours, minSavingPerMove } = cluster.problem.gate
  const saving = worth.initialCost - worth.costPerHour
  if (exceeds(minSavingPerMove * worth.migrations, saving)) {
    const message = `${worth.migrations} moves save ${saving} an hour, less than ${minSavingPerMove} each`
    report('gate', 'gate', message, minSavingPerMove * worth.migrations - saving)
  }
  const price = worth.moveCost * cluster.problem.objective.moveCostPrice
  if (paybackHours !== null && exceeds(price, paybackHours * saving)) {
    const message = `the moves cost ${price} and save ${saving} an hour: not repaid within ${paybackHours} h`
    report('gate', 'gate', message, price - paybackHours * saving)
  }
}

/** A Result without a placement: empty, explained, and never while staying put is legal. */
export function checkNothingFound(result: Result, stayIsLegal: boolean, report: Report): void {
  const { termination, explanation } = result
  if (result.placement.length > 0 || result.plan.steps.length > 0) {
    report('claim', 'placement', 'primalStatus is none, yet there is a placement or a plan')
  }
  if (stayIsLegal) report('claim', 'primalStatus', 'nothing is said to be feasible, but staying put is')
  if (termination === 'optimal' || termination === 'gap-limit') {
    report('claim', 'termination', `termination ${termination} without a placement`)
  }
  if (termination === 'infeasible' && !explanation.conflict?.length && !explanation.notes?.length) {
    report('claim', 'explanation', 'an infeasible Result names the parts that conflict')
  }
}

function listedCost({ problem }: Cluster): number {
  return problem.nodes.reduce((cost, node) => cost + node.costPerHour, 0)
}
