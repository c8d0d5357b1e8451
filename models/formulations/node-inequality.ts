import { dualFeasibleFunctions } from '../devices/dual-feasible.js'
import { type BindingLimit, bindingLimits, deviceLimit, mostWithSlack, widened } from '../instance/binding-limit.js'
import type { Instance, InstanceNode } from '../instance/instance.js'
import { TOLERANCE } from '../instance/instance.js'
import { overloadedDevices } from './copy-groups.js'

/**
 * Something that holds for the contents of any one node: Σ weight[d] · copies of d ≤ capacity[n]. Summed over nodes it says how
 * many nodes a set of deployments needs at least.
 */
export interface NodeInequality {
  readonly name: string
  /** The resource that it is about, by its index. */
  readonly resource: number
  /** Whether it is a consequence of the resource's capacity rather than the capacity itself. */
  readonly isRounded: boolean
  /** One for each deployment. */
  readonly weight: Float64Array
  /** One for each node: what no legal contents exceed. */
  readonly capacity: Float64Array
  /** The same as rows have it. */
  readonly limits: readonly BindingLimit[]
}

/** The capacity of each resource: what no legal contents exceed. */
export function capacityInequalities(instance: Instance): NodeInequality[] {
  return instance.resources.map((name, resource) => {
    const weight = Float64Array.from(instance.deployments, ({ demand }) => demand[resource] as number)
    const bind = bindingLimits(weight)
    const limits = instance.nodes.map(({ capacity }) => bind(capacity[resource] as number))
    return { name, resource, isRounded: false, weight, limits, capacity: Float64Array.from(limits, mostWithSlack) }
  })
}

/** Roundings of a scalar that are kept: more of them tighten little and slow the solver. */
const MOST_ROUNDINGS = 6

/**
 * Inequalities that follow from capacity because copies are whole, and that no fractional combination of capacities implies.
 *
 * Scalars: Σ ⌊demand / k⌋ ≤ ⌊capacity / k⌋ for demands k (rounding, Chvátal), those that ask for most nodes. Devices: Σ u(share) ≤ devices for
 * dual-feasible functions u, valid since a share lives on one device; beside devices that the start overloads there is room for as much as on an
 * empty node. Only what cuts something off is returned.
 */
export function roundedInequalities(instance: Instance): NodeInequality[] {
  return capacityInequalities(instance).flatMap((plain) => {
    const { name, resource } = plain
    const isDevice = instance.isDevice[resource] === true
    const rounded = isDevice ? deviceRoundings(instance, plain) : scalarRoundings(instance, plain)
    return rounded.map(({ name: rounding, weight, limits }) => ({
      name: `${name} ${rounding}`,
      resource,
      isRounded: true,
      weight,
      limits,
      capacity: Float64Array.from(limits, mostWithSlack)
    }))
  })
}

type Rounding = Pick<NodeInequality, 'name' | 'weight' | 'limits'>

function demandOf({ deployments }: Instance, weight: Float64Array): number {
  return deployments.reduce((total, { desired, index }) => total + desired * (weight[index] as number), 0)
}

function sum(limits: readonly BindingLimit[]): number {
  return limits.reduce((total, limit) => total + mostWithSlack(limit), 0)
}

function scalarRoundings(instance: Instance, plain: NodeInequality): Rounding[] {
  const units = new Set(plain.weight.filter((amount) => amount > 0))
  const loadOf = ({ weight, limits }: Pick<Rounding, 'weight' | 'limits'>) => demandOf(instance, weight) / sum(limits)
  const plainLoad = loadOf(plain)
  return [...units]
    .map((unit) => {
      return {
        name: `in units of ${unit}`,
        weight: plain.weight.map((amount) => Math.floor(amount / unit + 1e-12)),
        limits: Array.from(plain.capacity, (most) => ({
          limit: Math.floor((most / unit) * (1 + 1e-9) + 1e-12),
          slack: 0
        }))
      }
    })
    .map((inequality) => ({ inequality, load: loadOf(inequality) }))
    .filter(({ load }) => load > plainLoad * (1 + TOLERANCE))
    .sort((left, right) => right.load - left.load)
    .slice(0, MOST_ROUNDINGS)
    .map(({ inequality }) => inequality)
}

function deviceRoundings(instance: Instance, { weight, resource }: NodeInequality): Rounding[] {
  const overloaded = new Set(
    instance.nodes.flatMap(({ index }) =>
      overloadedDevices(instance, index).some((device) => device.resource === resource) ? [index] : []
    )
  )
  const shares = [...new Set(weight.filter((share) => share > 0 && share < 1))]
  const kept = new Map<string, Rounding>()
  const { limit: whole, slack } = deviceLimit(shares)
  for (const { name, round } of dualFeasibleFunctions(shares, whole)) {
    const rounded = weight.map((share) => (share > 0 && share < 1 ? round(share) : share))
    if (rounded.every((amount, index) => amount <= (weight[index] as number) + 1e-12)) continue
    const key = rounded.join()
    if (kept.has(key)) continue
    const limits = instance.nodes.map(({ index, capacity }) => {
      const devices = capacity[resource] as number
      const now = overloaded.has(index) ? amountNow(instance, index, rounded) : 0
      return { limit: devices + now, slack: (devices * slack) / whole }
    })
    kept.set(key, { name, weight: rounded, limits })
  }
  return [...kept.values()]
}

/** Most copies of a deployment that one empty node can hold, by capacity, devices and its own limit. */
export function mostCopies(instance: Instance, deployment: number, { capacity }: InstanceNode): number {
  const { demand, maxReplicasPerNode } = instance.deployments[deployment] ?? { demand: [], maxReplicasPerNode: 0 }
  let most = maxReplicasPerNode
  for (let resource = 0; resource < demand.length; resource++) {
    const amount = demand[resource] as number
    const total = capacity[resource] as number
    if (amount === 0) continue
    const isShare = instance.isDevice[resource] === true && amount < 1
    const fitting = isShare ? total * Math.floor(widened(1) / amount) : Math.floor(widened(total) / amount)
    most = Math.min(most, fitting)
  }
  return most
}

/**
 * Most copies of a deployment on a node in any answer, of which `now` are there today. Too many of them may stay; those that overload a device
 * may stay beside as many as an empty node takes.
 */
export function mostHosted(instance: Instance, deployment: number, node: InstanceNode, now: number): number {
  const most = mostCopies(instance, deployment, node)
  const isOverloaded = now > 0 && overloadedDevices(instance, node.index).length > 0
  return isOverloaded ? now + most : Math.max(now, most)
}

/** What the copies on a node that are not draining weigh now. */
export function amountNow(instance: Instance, node: number, weight: Float64Array): number {
  let amount = 0
  for (const copy of instance.nodes[node]?.copies ?? []) {
    const { deployment, state } = instance.copies[copy] ?? { deployment: 0, state: 'draining' }
    if (state !== 'draining') amount += weight[deployment] as number
  }
  return amount
}
