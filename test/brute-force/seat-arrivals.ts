import type { PlacedCopy } from '../../models/checker/broken-rules.js'
import type { NewNode } from '../../models/contract/placement.js'
import type { Problem } from '../../models/contract/problem.js'
import type { DeviceIndices } from '../../models/contract/quantities.js'
import { isDeviceResource } from '../../models/contract/references.js'

type Seated = PlacedCopy & { readonly devices?: DeviceIndices }

/** Devices for all arrivals beside what stays, by trying every choice; null when there is none. Arrivals keep their order. */
export function seatArrivals(
  problem: Problem,
  newNodes: readonly NewNode[],
  stays: readonly PlacedCopy[],
  arrivals: readonly PlacedCopy[]
): Seated[] | null {
  const capacities = new Map(problem.nodes.map(({ id, capacity }) => [id, capacity]))
  for (const { id, type } of newNodes) {
    capacities.set(id, problem.nodeTypes.find((other) => other.type === type)?.capacity ?? {})
  }
  const demands = new Map(problem.deployments.map(({ id, demand }) => [id, demand]))
  const resources = [...new Set([...demands.values()].flatMap((demand) => Object.keys(demand)))]
  const seated = arrivals.map(({ deployment, node }) => ({ deployment, node, devices: {} as Record<string, number[]> }))
  for (const resource of resources.filter((name) => isDeviceResource(problem, name))) {
    const demandOf = ({ deployment }: PlacedCopy) => demands.get(deployment)?.[resource] ?? 0
    const loads = new Map(
      [...capacities].map(([id, capacity]) => [id, new Array<number>(capacity[resource] ?? 0).fill(0)])
    )
    for (const copy of stays) {
      for (const device of copy.devices?.[resource] ?? []) {
        const load = loads.get(copy.node) as number[]
        load[device] = (load[device] as number) + Math.min(1, demandOf(copy))
      }
    }
    const pieces = seated.flatMap((copy) => {
      const demand = demandOf(copy)
      if (demand > 0) copy.devices[resource] = []
      return Array.from({ length: Math.ceil(demand) }, () => ({ copy, share: Math.min(1, demand) }))
    })
    const place = (next: number): boolean => {
      const piece = pieces[next]
      if (piece === undefined) return true
      const load = loads.get(piece.copy.node) as number[]
      const held = piece.copy.devices[resource] as number[]
      for (let device = (held.at(-1) ?? -1) + 1; device < load.length; device++) {
        const before = load[device] as number
        if (before + piece.share > 1 + 1e-6) continue
        load[device] = before + piece.share
        held.push(device)
        if (place(next + 1)) return true
        held.pop()
        load[device] = before
      }
      return false
    }
    if (!place(0)) return null
  }
  return seated.map(({ deployment, node, devices }) =>
    Object.keys(devices).length === 0 ? { deployment, node } : { deployment, node, devices }
  )
}
