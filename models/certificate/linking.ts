import { type Fleet, type FleetResident, matches } from './fleet.js'
import { amountKept, type KeptAmounts } from './kept.js'
import { addSpreadRows } from './spread-rows.js'

/** A limit that links nodes, as a sum over active nodes that is at least so much in every legal answer. */
export interface FleetRow {
  readonly least: number
  /** What a copy that stays adds. */
  readonly stay: (resident: FleetResident) => number
  /** What a copy of a deployment on a node of a kind adds. */
  readonly copy: (kind: number, deployment: number) => number
}

/** Budgets that a call gave beside the Problem's. */
export interface CallBudget {
  readonly maxMigrations?: number | undefined
  readonly maxMoveCost?: number | undefined
}

const nothing = () => 0

/** The rows that a certificate may price, by name. Those of budgets hold only where groups tell what stays. */
export function linkingRows(fleet: Fleet, call: CallBudget): Map<string, FleetRow> {
  const { problem, deployments } = fleet
  const { budget } = problem
  const rows = new Map<string, FleetRow>()
  const kept: readonly KeptAmounts[] = amountKept(fleet)
  const all = kept.reduce((sum, { copies }) => sum + copies, 0)
  const cost = kept.reduce((sum, { moveCost }) => sum + moveCost, 0)
  const migrations = Math.min(budget.maxMigrations ?? Infinity, call.maxMigrations ?? Infinity)
  const moveCost = Math.min(budget.maxMoveCost ?? Infinity, call.maxMoveCost ?? Infinity)
  if (Number.isFinite(migrations)) rows.set('migrations', { least: all - migrations, stay: () => 1, copy: nothing })
  if (Number.isFinite(moveCost)) {
    // Within the contract's tolerance, a part in 10⁶.
    const least = cost - moveCost - 1.1e-6 * Math.max(1, moveCost)
    rows.set('move cost', { least, stay: (resident) => resident.moveCost, copy: nothing })
  }
  const each = budget.maxMigrationsPerDeployment
  for (const [index, { id, isHeadroom }] of deployments.entries()) {
    if (each === undefined || isHeadroom) continue
    const stay = ({ deployment }: FleetResident) => Number(deployment === index)
    rows.set(`migrations of ${id}`, { least: (kept[index]?.copies ?? 0) - each, stay, copy: nothing })
  }
  addRules(fleet, rows)
  return rows
}

function addRules(fleet: Fleet, rows: Map<string, FleetRow>): void {
  const { problem, kinds, deployments } = fleet
  for (const [index, rule] of problem.rules.entries()) {
    if (rule.kind === 'at-least') {
      const inside = kinds.map(({ labels }) => matches(rule.nodeSelector, labels))
      const isMember = deployments.map(({ id, isHeadroom }) => !isHeadroom && rule.deployments.includes(id))
      const copy = (kind: number, deployment: number) => Number(inside[kind] && isMember[deployment])
      rows.set(`rule ${index}`, { least: rule.count, stay: nothing, copy })
    } else if (rule.kind === 'anti-affinity' && rule.topologyKey !== 'node') {
      const isMember = deployments.map(({ id }) => rule.deployments.includes(id))
      const domainOf = kinds.map(({ labels }) =>
        Object.hasOwn(labels, rule.topologyKey) ? labels[rule.topologyKey] : undefined
      )
      for (const domain of new Set(domainOf)) {
        if (domain === undefined) continue
        const copy = (kind: number, deployment: number) => -Number(domainOf[kind] === domain && isMember[deployment])
        rows.set(`rule ${index} in ${domain}`, { least: -rule.max, stay: nothing, copy })
      }
    } else if (rule.kind === 'spread' || rule.kind === 'affinity') addSpreadRows(fleet, index, rule, rows)
  }
}
