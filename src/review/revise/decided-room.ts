import type { InstanceCopy, InstanceDeployment, InstanceNode } from '../../../models/instance/instance.js'
import { within } from '../../../models/instance/instance.js'
import type { Restricted } from './restricted.js'

/**
 * Whether what is decided cannot be, as can be counted: a node to which an accepted move leads has no room for it beside those that are held there.
 * A node that nobody comes to may stay as overfull as it is.
 */
export function exceedsRoom({ instance, accepted }: Pick<Restricted, 'instance' | 'accepted'>): boolean {
  return [...new Set(accepted.map(({ place }) => place.node))].some((node) => {
    const { capacity } = instance.nodes[node] as InstanceNode
    const held = instance.copies.filter(
      (copy: InstanceCopy) => copy.node === node && copy.hold === 'pinned' && copy.state !== 'draining'
    )
    return instance.resources.some((_, resource) => {
      const taken = held.reduce(
        (sum, { deployment }) =>
          sum + ((instance.deployments[deployment] as InstanceDeployment).demand[resource] as number),
        0
      )
      return !within(taken, capacity[resource] as number)
    })
  })
}
