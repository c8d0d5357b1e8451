import { amountOf, type Fleet, type FleetKind, matches, widened } from './fleet.js'

/** What the contents of any one node of a kind obey, as far as a certificate looks at it. */
export interface NodeLimits {
  /** [dimension] most that all copies weigh. */
  readonly capacity: Float64Array
  /** [deployment][dimension] of one copy. */
  readonly weights: readonly Float64Array[]
  /** [deployment] most copies on one node. */
  readonly most: Int32Array
  /** [deployment] whether copies of it may come. */
  readonly mayArrive: readonly boolean[]
  /** Pairs of sides that share no node: [deployment] 1 or 2, 0 for neither. */
  readonly conflicts: readonly Uint8Array[]
  /** Resources in devices: how many there are, what of one a copy takes, 0 for none, and what in whole ones. */
  readonly devices: readonly DeviceLimits[]
}

export interface DeviceLimits {
  readonly devices: number
  /** Distinct shares, the greatest first. */
  readonly shares: readonly number[]
  /** [deployment] index of its share; −1 for none. */
  readonly shareOf: Int32Array
  /** [deployment] whole devices that it takes. */
  readonly wholes: Float64Array
}

/** The limits of a kind. Where no groups tell what stays, what is on one of its nodes now may be on any. */
export function limitNodes(fleet: Fleet, kind: number, hasGroups: boolean): NodeLimits {
  const { deployments, resources, isDevice } = fleet
  const node = fleet.kinds[kind] as FleetKind
  const rules = rulesOnNodes(fleet, node)
  const amounts = deployments.map(({ options }) => resources.map((resource) => amountOf(options.demand, resource)))
  const weights = deployments.map(({ id }, index) =>
    Float64Array.from([...(amounts[index] as number[]), ...rules.map(({ members }) => Number(members.has(id)))])
  )
  const capacity = Float64Array.from([
    ...resources.map((resource) => widened(amountOf(node.capacity, resource))),
    ...rules.map(({ max }) => max + 1e-6)
  ])
  const mayArrive = deployments.map(
    (_, index) =>
      !node.mustEmpty && (mayStart(fleet, node, index) || (!hasGroups && fleet.hosted[kind]?.has(index) === true))
  )
  return {
    capacity,
    weights,
    mayArrive,
    most: Int32Array.from(deployments, ({ desired, options }, index) => {
      const fitting = [...(weights[index] as Float64Array)].map((weight, dimension) =>
        weight > 0 ? Math.floor((capacity[dimension] as number) / weight) : Infinity
      )
      return Math.min(desired, options.maxReplicasPerNode ?? Infinity, ...fitting)
    }),
    conflicts: conflictsOnNodes(fleet, node),
    devices: resources.flatMap((resource, order): DeviceLimits[] => {
      if (!isDevice[order]) return []
      const demands = amounts.map((amount) => amount[order] as number)
      const isShare = (demand: number) => demand > 0 && demand < 1
      const shares = [...new Set(demands.filter(isShare))].sort((left, right) => right - left)
      return [
        {
          devices: Math.floor(widened(amountOf(node.capacity, resource))),
          shares,
          shareOf: Int32Array.from(demands, (demand) => shares.indexOf(demand)),
          wholes: Float64Array.from(demands, (demand) => (isShare(demand) ? 0 : demand))
        }
      ]
    })
  }
}

/** Whether a copy of a deployment may start on an empty node of a kind. */
function mayStart({ deployments, resources }: Fleet, node: FleetKind, deployment: number): boolean {
  const { options } = deployments[deployment] as Fleet['deployments'][number]
  const needs = { ...options.demand, ...options.startupDemand }
  return (
    node.isOpen &&
    matches(options.nodeSelector, node.labels) &&
    resources.every((resource) => {
      const most = widened(amountOf(node.capacity, resource))
      return amountOf(needs, resource) <= most && amountOf(options.demand, resource) <= most
    })
  )
}

/** The anti-affinity rules that see the nodes of a kind: what holds in a domain holds on each node in it. */
function rulesOnNodes({ problem }: Fleet, { labels }: FleetKind): { members: Set<string>; max: number }[] {
  return problem.rules.flatMap((rule) =>
    rule.kind === 'anti-affinity' && isInDomain(rule.topologyKey, labels)
      ? [{ members: new Set(rule.deployments), max: rule.max }]
      : []
  )
}

function conflictsOnNodes({ problem, deployments }: Fleet, { labels }: FleetKind): Uint8Array[] {
  return problem.rules.flatMap((rule) => {
    if (rule.kind !== 'conflict' || !isInDomain(rule.topologyKey, labels)) return []
    const [left, right] = rule.between
    return [Uint8Array.from(deployments, ({ id }) => (right.includes(id) ? 2 : left.includes(id) ? 1 : 0))]
  })
}

function isInDomain(topologyKey: string, labels: FleetKind['labels']): boolean {
  return topologyKey === 'node' || Object.hasOwn(labels, topologyKey)
}
