import { type InstanceDeployment, mayStart, TOLERANCE } from '../../../models/instance/instance.js'
import type { PackingState } from '../../search/packing-state.js'
import { roomOn } from '../growth/local-room.js'

/** Devices that are free, and how many of them the mix of today cannot be expected to use. */
export interface Fragmentation {
  readonly resource: string
  /** Devices that nobody holds on the nodes looked at, shares added up. */
  readonly free: number
  /** Of these the expected amount that a replica drawn from today's mix finds of no use. */
  readonly expected: number
}

/**
 * Expected fragmentation of each device resource over some nodes, as in Weng et al., Beware of Fragmentation (USENIX ATC 2023), section
 * 3.2: Σ_m p_m Σ_n F_n(m), where p_m is the share of deployment m among the replicas that ask for the resource, and F_n(m) all that is
 * free on node n if no replica of m fits there, else what is free on devices with less left than m takes of one. There, tasks that ask
 * for no device count as well, and find every device of no use; here they are left out.
 */
export function measureFragmentation(state: PackingState, nodes: readonly number[]): Fragmentation[] {
  const { instance } = state
  return instance.deviceResources.map((resource, position) => {
    const askers = instance.deployments.filter(
      ({ demand, isHeadroom }) => !isHeadroom && (demand[resource] as number) > 0
    )
    const replicas = askers.reduce((sum, { desired }) => sum + desired, 0)
    let free = 0
    for (const node of nodes) for (const level of state.deviceLoad(node, position)) free += Math.max(0, 1 - level)
    let expected = 0
    for (const asker of askers) {
      if (asker.desired === 0) continue
      const useless = nodes.reduce((sum, node) => sum + uselessTo(state, asker, node, resource, position), 0)
      expected += (asker.desired / replicas) * useless
    }
    return { resource: instance.resources[resource] as string, free, expected }
  })
}

function uselessTo(
  state: PackingState,
  { index, demand }: InstanceDeployment,
  node: number,
  resource: number,
  position: number
): number {
  const least = Math.min(1, demand[resource] as number)
  const isHosting = mayStart(state.instance, index, node) && roomOn(state, index, node) > 0
  let useless = 0
  for (const level of state.deviceLoad(node, position)) {
    const left = Math.max(0, 1 - level)
    if (!isHosting || left < least - TOLERANCE) useless += left
  }
  return useless
}
