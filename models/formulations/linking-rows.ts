import { type Instance, type InstanceNode, migrationsLeft } from '../instance/instance.js'
import type { NodeGroup, Resident } from './node-contents.js'
import { anyOrderNodesOf, arrivalRoom, peakDemands } from './node-rows.js'
import { spreadLinks } from './spread-links.js'

/** A row that links nodes: Σ weights over all active nodes, their copies and what stays there ≥ least. */
export interface LinkingRow {
  readonly name: string
  readonly least: number
  /** Of each copy that stays. */
  readonly stay?: (resident: Resident) => number
  /** Of each active node of a kind. */
  readonly node?: (kind: number) => number
  /** Of each copy of a deployment on a kind of node. */
  readonly copy?: (kind: number, deployment: number) => number
}

/** The checker's tolerance for a budget in money, and rounding. */
const BUDGET_SLACK = 2e-6

/**
 * The budgets as least amounts of what stays. With surplus a budget is loosened by the copies that may stop: their moves are not
 * counted, whichever they are.
 */
export function budgetRows({ budget, deployments, copies }: Instance): LinkingRow[] {
  const kept = keptAmounts({ deployments, copies })
  const rows: LinkingRow[] = []
  const all = kept.reduce((sum, { copies }) => sum + copies, 0)
  const cost = kept.reduce((sum, { cost }) => sum + cost, 0)
  if (budget.migrations < all) rows.push({ name: 'migrations', least: all - budget.migrations, stay: () => 1 })
  if (budget.moveCost < cost) {
    const least = cost - budget.moveCost - BUDGET_SLACK * Math.max(1, budget.moveCost)
    rows.push({ name: 'move cost', least, stay: ({ moveCost }) => moveCost })
  }
  for (const owner of deployments) {
    const least = (kept[owner.index]?.copies ?? 0) - migrationsLeft(budget, owner)
    if (least <= 0) continue
    rows.push({
      name: `migrations of ${owner.id}`,
      least,
      stay: ({ deployment }) => Number(deployment === owner.index)
    })
  }
  return rows
}

/** Of each deployment the copies that must stay or move, and the least that they cost to move: surplus copies may be the dearest. */
export function keptAmounts({
  deployments,
  copies
}: Pick<Instance, 'deployments' | 'copies'>): { readonly copies: number; readonly cost: number }[] {
  const totals = deployments.map(() => ({ copies: 0, cost: 0, dearest: 0 }))
  for (const { state, deployment, moveCost } of copies) {
    const total = totals[deployment]
    if (state === 'draining' || total === undefined) continue
    total.copies++
    total.cost += moveCost
    total.dearest = Math.max(total.dearest, moveCost)
  }
  return deployments.map(({ surplus }, index) => {
    const { copies, cost, dearest } = totals[index] as (typeof totals)[number]
    return { copies: Math.max(0, copies - surplus), cost: Math.max(0, cost - surplus * dearest) }
  })
}

/**
 * Rules between nodes, as far as they are linear in how many copies each kind of node hosts: at most so many in a domain of more than one
 * node, at least so many on nodes that a selector matches, members spread over domains or on labelled nodes only. A domain that parts
 * nodes of one kind is left out.
 */
export function ruleRows(instance: Instance, kinds: readonly (readonly InstanceNode[])[]): LinkingRow[] {
  const rows: LinkingRow[] = []
  const within = (nodes: readonly number[]): Set<number> | null => {
    const inside = new Set(nodes)
    const parts = kinds.map((alike) => alike.filter(({ index }) => inside.has(index)).length)
    if (parts.some((count, kind) => count > 0 && count < (kinds[kind] as readonly InstanceNode[]).length)) return null
    return new Set(parts.flatMap((count, kind) => (count > 0 ? [kind] : [])))
  }
  for (const { rule, domain, limit, deployments, nodes } of instance.counters) {
    const inside = nodes.length > 1 ? within(nodes) : null
    if (inside === null) continue
    const members = new Set(deployments)
    rows.push({
      name: `rule ${rule} in ${domain}`,
      least: -limit,
      copy: (kind, deployment) => (inside.has(kind) && members.has(deployment) ? -1 : 0)
    })
  }
  for (const finalRule of instance.finalRules) {
    const { rule, definition, deployments, domains } = finalRule
    if (definition.kind !== 'at-least') {
      rows.push(...spreadLinks(instance, finalRule, within))
      continue
    }
    const inside = within(domains[0]?.nodes ?? [])
    if (inside === null) continue
    const members = new Set(deployments)
    rows.push({
      name: `rule ${rule}`,
      least: definition.count,
      copy: (kind, deployment) => (inside.has(kind) && members.has(deployment) ? 1 : 0)
    })
  }
  return rows
}

/**
 * At the level `any-order`, of each kind of node and resource: what arrives on its nodes, at its peak, fits beside everything that is
 * there now. The sum over the nodes of what holds on each of them: weaker, but linear in what a master sees.
 */
export function anyOrderRows(
  instance: Instance,
  kinds: readonly (readonly InstanceNode[])[],
  groups: readonly NodeGroup[]
): LinkingRow[] {
  if (anyOrderNodesOf(instance).size === 0) return []
  const kindOf = new Map(
    groups.flatMap(({ kind, residents }) => residents.map((resident) => [resident, kind] as const))
  )
  return kinds.flatMap((nodes, ofKind) =>
    peakDemands(instance).map((demand): LinkingRow => {
      const { peak, resource } = demand
      const room = nodes.reduce((sum, { index }) => sum + arrivalRoom(instance, index, demand), 0)
      return {
        name: `any order of ${instance.resources[resource]} on kind ${ofKind}`,
        least: -room,
        stay: (resident) => (kindOf.get(resident) === ofKind ? (peak[resident.deployment] as number) : 0),
        copy: (kind, deployment) => (kind === ofKind ? -(peak[deployment] as number) : 0)
      }
    })
  )
}

/** The cost of what is active, at most so much. */
export function costRow(cost: Float64Array, atMost: number): LinkingRow {
  return { name: 'cost', least: -atMost, node: (kind) => -(cost[kind] as number) }
}

/** Numbers that the rows of a problem may have: 128 MB. */
const MOST_NUMBERS = 2 ** 24

/** Leaves rows out where all of them would take too much memory. That lowers bounds, and what breaks such a row is refused later. */
export function dropDense(
  rows: readonly LinkingRow[],
  groups: readonly NodeGroup[],
  kinds: number,
  deployments: number
): readonly LinkingRow[] {
  const residents = groups.reduce((sum, group) => sum + group.residents.length, 0)
  const perRow = residents + kinds * (rows.some(({ copy }) => copy !== undefined) ? deployments : 1)
  if (rows.length * perRow <= MOST_NUMBERS) return rows
  const light = rows.filter(({ copy, node }) => copy === undefined || node !== undefined)
  return light.slice(0, Math.max(2, Math.floor(MOST_NUMBERS / (residents + kinds))))
}

/** Linking rows as arrays, for pattern problems. */
export interface LinkingArrays {
  readonly linkLeast: Float64Array
  readonly linkStay: Float64Array
  readonly linkNode: Float64Array
  readonly linkCopy: Float64Array
}

export function linkingArrays(
  rows: readonly LinkingRow[],
  groups: readonly NodeGroup[],
  kinds: number,
  deployments: number
): LinkingArrays {
  const residents = groups.flatMap((group) => group.residents)
  const linkNode = new Float64Array(rows.length * kinds)
  const linkCopy = new Float64Array(rows.some(({ copy }) => copy !== undefined) ? rows.length * kinds * deployments : 0)
  for (const [row, { node, copy }] of rows.entries()) {
    for (let kind = 0; kind < kinds; kind++) {
      if (node !== undefined) linkNode[row * kinds + kind] = node(kind)
      if (copy === undefined) continue
      for (let deployment = 0; deployment < deployments; deployment++) {
        linkCopy[(row * kinds + kind) * deployments + deployment] = copy(kind, deployment)
      }
    }
  }
  return {
    linkLeast: Float64Array.from(rows, ({ least }) => least),
    linkStay: Float64Array.from(rows.flatMap(({ stay }) => residents.map((resident) => stay?.(resident) ?? 0))),
    linkNode,
    linkCopy
  }
}
