import { devicesOf } from '../../models/checker/cluster.js'
import type { Happening } from './cluster-event.js'
import type { Dice } from './dice.js'
import type { SimulatedClock } from './simulated-clock.js'
import type { SimulatedCluster } from './simulated-cluster.js'
import { type ForeignLoad, freeOn, type SimulatedNode } from './simulated-node.js'

/** How often something happens that nobody asked for: shares of all nodes, in the time that the plan takes. */
export interface MishapRates {
  readonly nodeDeathRate: number
  readonly driftRate: number
}

/** Of the drift on nodes, what is an owner closing one; the rest is others who take room. */
const CLOSED_SHARE = 0.3

/** Plans the deaths of nodes, and what others do to them, over so many milliseconds. */
export function planMishaps(
  cluster: SimulatedCluster,
  clock: SimulatedClock,
  dice: Dice,
  { nodeDeathRate, driftRate }: MishapRates,
  horizonMs: number,
  tell: (happening: Happening) => void
): void {
  for (const [id, node] of cluster.nodes) {
    const death = dice.of(`death of ${id}`)
    if (death() < nodeDeathRate) {
      clock.after(death() * horizonMs, () => {
        if (node.state === 'there') cluster.kill(node)
      })
    }
    const drift = dice.of(`drift on ${id}`)
    if (drift() >= driftRate) continue
    const [isClosing, share, stay] = [drift() < CLOSED_SHARE, 0.3 + 0.7 * drift(), (drift() * horizonMs) / 2]
    clock.after(drift() * horizonMs, () => {
      if (node.state !== 'there' || node.isClosed) return
      if (isClosing) {
        node.isClosed = true
        tell({ kind: 'node-cordoned', node: id })
        return
      }
      const load = node.isCordoned ? undefined : takeRoom(cluster, node, share)
      if (load === undefined) return
      node.foreign.add(load)
      tell({ kind: 'foreign-arrived', node: id, amounts: load.amounts })
      clock.after(stay, () => {
        if (node.foreign.delete(load)) tell({ kind: 'foreign-left', node: id, amounts: load.amounts })
      })
    })
  }
}

/** A share of what is free on a node now, of devices in whole ones; undefined where nothing is. */
function takeRoom(cluster: SimulatedCluster, node: SimulatedNode, share: number): ForeignLoad | undefined {
  const resources = new Set([...node.copies].flatMap(({ deployment }) => deployment.deviceResources))
  for (const { deviceResources } of cluster.index.deployments.values())
    for (const one of deviceResources) resources.add(one)
  const amounts: [string, number][] = []
  const devices: [string, number[]][] = []
  for (const [resource, free] of freeOn(node)) {
    if (!resources.has(resource)) {
      if (free > 0) amounts.push([resource, free * share])
      continue
    }
    const held = new Set([...node.copies].flatMap((copy) => devicesOf(copy.devices, resource) ?? []))
    const idle = Array.from({ length: node.listed.capacity.get(resource) ?? 0 }, (_, device) => device)
      .filter((device) => !held.has(device))
      .slice(0, Math.max(0, Math.floor(free * share)))
    if (idle.length === 0) continue
    amounts.push([resource, idle.length])
    devices.push([resource, idle])
  }
  return amounts.length === 0
    ? undefined
    : { amounts: Object.fromEntries(amounts), devices: Object.fromEntries(devices) }
}
