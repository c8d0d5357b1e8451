import type { Instance, InstanceNode } from '../instance/instance.js'
import { TOLERANCE } from '../instance/instance.js'

/**
 * Something that holds for the contents of any one node: Σ weight[d] · copies of d ≤ capacity[n]. Summed over nodes it says how
 * many nodes a set of deployments needs at least.
 */
export interface NodeInequality {
  readonly name: string
  /** One for each deployment. */
  readonly weight: Float64Array
  /** One for each node. */
  readonly capacity: Float64Array
}

/** The capacity of each resource as it stands. */
export function capacityInequalities(instance: Instance): NodeInequality[] {
  return instance.resources.map((name, resource) => ({
    name,
    weight: Float64Array.from(instance.deployments, ({ demand }) => demand[resource] as number),
    capacity: Float64Array.from(instance.nodes, ({ capacity }) => capacity[resource] as number)
  }))
}

/** Roundings that are kept for each resource: more of them tighten little and slow the solver. */
const MOST_ROUNDINGS = 6

/**
 * Inequalities that follow from capacity because copies are whole, and that no fractional combination of capacities implies.
 *
 * Scalars: Σ ⌊demand / k⌋ ≤ ⌊capacity / k⌋ for demands k (rounding, Chvátal). Devices: Σ u(share) ≤ devices for the
 * dual-feasible functions u⁽ᵏ⁾(x) = ⌊(k+1)x⌋ / k, x itself where (k+1)x is whole (Fekete and Schepers, 2001): valid since fractions
 * share single devices. Only those that cut something off are returned, the strongest first.
 */
export function roundedInequalities(instance: Instance): NodeInequality[] {
  return instance.resources.flatMap((name, resource) => {
    const plain = capacityInequalities(instance)[resource] as NodeInequality
    const candidates = instance.isDevice[resource] === true ? deviceRoundings(plain) : scalarRoundings(plain)
    const loadOf = ({ weight, capacity }: NodeInequality) => demandOf(instance, weight) / sum(capacity)
    const plainLoad = loadOf(plain)
    return candidates
      .map((inequality) => ({ inequality: { ...inequality, name: `${name} ${inequality.name}` }, load: loadOf(inequality) }))
      .filter(({ load }) => load > plainLoad * (1 + TOLERANCE))
      .sort((left, right) => right.load - left.load)
      .slice(0, MOST_ROUNDINGS)
      .map(({ inequality }) => inequality)
  })
}

function demandOf({ deployments }: Instance, weight: Float64Array): number {
  return deployments.reduce((total, { desired, index }) => total + desired * (weight[index] as number), 0)
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}

function scalarRoundings({ weight, capacity }: NodeInequality): NodeInequality[] {
  const units = new Set(weight.filter((amount) => amount > 0))
  return [...units].map((unit) => {
    const round = (amount: number) => Math.floor(amount / unit + TOLERANCE)
    return { name: `in units of ${unit}`, weight: weight.map(round), capacity: capacity.map(round) }
  })
}

function deviceRoundings({ weight, capacity }: NodeInequality): NodeInequality[] {
  return [1, 2, 3, 4, 5, 6, 7].map((k) => ({
    name: `dual-feasible ${k}`,
    weight: weight.map((share) => (share >= 1 ? share : dualFeasible(share, k))),
    capacity
  }))
}

function dualFeasible(share: number, k: number): number {
  const scaled = (k + 1) * share
  if (Math.abs(scaled - Math.round(scaled)) < TOLERANCE) return share
  return Math.floor(scaled) / k
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
    const fitting = isShare ? total * Math.floor(1 / amount + TOLERANCE) : Math.floor(total / amount + TOLERANCE)
    most = Math.min(most, fitting)
  }
  return most
}
