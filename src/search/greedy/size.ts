import type { Instance, InstanceDeployment } from '../../../models/instance/instance.js'

const sizes = new WeakMap<Instance, Float64Array>()

/** Puts deployments whose copies are harder to place first. */
export function hardestFirst(instance: Instance): (left: number, right: number) => number {
  return (left, right) => sizeOf(instance, right) - sizeOf(instance, left) || left - right
}

/** How hard a copy of a deployment is to place: its demand as shares of the largest node, summed over the resources. */
export function sizeOf(instance: Instance, deployment: number): number {
  let known = sizes.get(instance)
  if (known === undefined) {
    const largest = instance.resources.map((_, resource) =>
      instance.nodes.reduce((most, { capacity }) => Math.max(most, capacity[resource] as number), 0)
    )
    known = Float64Array.from(instance.deployments, ({ demand }: InstanceDeployment) =>
      demand.reduce((sum, amount, resource) => sum + (amount > 0 ? amount / (largest[resource] || 1) : 0), 0)
    )
    sizes.set(instance, known)
  }
  return known[deployment] as number
}
