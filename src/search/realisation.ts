import { packDevices } from '../../models/devices/device-packing.js'
import { groupBy } from '../../models/grouping.js'
import type { Instance, InstanceCopy, InstanceDeployment } from '../../models/instance/instance.js'
import type { Arrival, Packing } from '../../models/instance/packing.js'
import { hostAll } from './greedy/hosting.js'
import { PackingState, type SeatedArrival } from './packing-state.js'

/**
 * Turns a packing that somebody claims into one that holds: devices are packed exactly, node by node; arrivals that do not fit
 * where they were meant find another place, on active nodes if possible. Returns null when some find none.
 */
export function realisePacking(instance: Instance, packing: Packing): PackingState | null {
  const state = new PackingState(instance)
  for (const { index, state: running } of instance.copies) {
    if (running !== 'draining' && packing.stays[index] === 0) state.leave(index)
  }
  const homeless = settleArrivals(state, packing.arrivals)
  return hostAll(state, homeless, () => true) ? state : null
}

/** Adds arrivals where they are meant, as far as they fit there. Returns the deployments of those that do not. */
export function settleArrivals(state: PackingState, arrivals: readonly Arrival[]): number[] {
  const homeless: number[] = []
  for (const [node, together] of groupBy(arrivals, ({ node }) => node)) {
    for (const arrival of seatTogether(state, node, together)) {
      if (state.admits(arrival.deployment, node) && fitsAt(state, arrival)) state.add(arrival)
      else homeless.push(arrival.deployment)
    }
  }
  return homeless
}

/** Devices for all arrivals of a node at once, exactly; where that is impossible, those that fit one after another. */
function seatTogether(state: PackingState, node: number, arrivals: readonly Arrival[]): SeatedArrival[] {
  const { deviceResources, deployments } = state.instance
  const devices: number[][][] = arrivals.map(() => [])
  for (const [position, resource] of deviceResources.entries()) {
    const demands = arrivals.map(
      ({ deployment }) => (deployments[deployment] as InstanceDeployment).demand[resource] as number
    )
    const packed = packAvoiding(state, node, position, demands)
    for (const order of arrivals.keys()) (devices[order] as number[][])[position] = packed?.[order] ?? []
  }
  return arrivals.map(({ deployment }, order) => ({ deployment, node, devices: devices[order] as number[][] }))
}

/** Prefers devices that nobody holds now, so that no arrival has to wait for one; then any that are free in the end. */
function packAvoiding(
  state: PackingState,
  node: number,
  position: number,
  demands: readonly number[]
): number[][] | null {
  const { instance } = state
  const load = state.deviceLoad(node, position)
  const now = Float64Array.from(load)
  const resource = instance.deviceResources[position] as number
  for (const index of instance.nodes[node]?.copies ?? []) {
    const copy = instance.copies[index] as InstanceCopy
    if (state.stays[index] === 1) continue
    const share = Math.min(1, instance.deployments[copy.deployment]?.demand[resource] ?? 0)
    for (const device of copy.devices[position] ?? []) now[device] = Math.min(1, (now[device] as number) + share)
  }
  return packDevices(now, demands) ?? packDevices(load, demands)
}

/** Whether the devices chosen for an arrival are complete and free. */
function fitsAt(state: PackingState, { deployment, node, devices }: SeatedArrival): boolean {
  const { demand } = state.instance.deployments[deployment] as InstanceDeployment
  return state.instance.deviceResources.every((resource, position) => {
    const amount = demand[resource] as number
    const load = state.deviceLoad(node, position)
    const seats = devices[position] as readonly number[]
    const wanted = amount > 0 && amount < 1 ? 1 : Math.round(amount)
    return (
      seats.length === wanted && seats.every((device) => (load[device] as number) + Math.min(1, amount) <= 1 + 1e-6)
    )
  })
}
