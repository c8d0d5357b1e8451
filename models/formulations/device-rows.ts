import type { InstanceDeployment } from '../instance/instance.js'
import { overloadedDevices } from './copy-groups.js'
import { addExcessColumn, type Entry, type Presence, type ProgramDraft } from './draft.js'

/**
 * Devices that running copies hold a share of. Such a copy cannot change devices, so whole arrivals find only devices that are
 * free or given up entirely: per held device h a binary o_h (still held), per node a count p of free devices opened for shares.
 *
 *   s ≤ members · o_h                                for every group with a share of h
 *   Σ whole · (s + a) + p + Σ o_h ≤ devices          whole copies take what nobody shares
 *   Σ share · a ≤ p + Σ_h (o_h − Σ share · s)        shares fit, in sum, into what is shared
 *
 * How shares fit on single devices is left to the roundings and, exactly, to the packing of each answer. A device that the start
 * overloads has a row of its own instead.
 */
export function addDeviceRows(draft: ProgramDraft): void {
  const { instance, byNode } = draft
  const tied = draft.nodes.map(() => [] as number[])
  const positionOf = new Map(draft.nodes.map((node, position) => [node, position]))
  for (const [index, { node }] of draft.groups.entries()) tied[positionOf.get(node) as number]?.push(index)
  for (const [position, resource] of instance.deviceResources.entries()) {
    for (const [order, presences] of byNode.entries()) {
      const node = draft.nodes[order] as number
      const here = { node, position, resource, groups: tied[order] as number[] }
      if (addOverloadRows(draft, here)) continue
      const demandOf = ({ deployment }: Presence) => instance.deployments[deployment]?.demand[resource] ?? 0
      const shares = presences.filter((presence) => demandOf(presence) > 0 && demandOf(presence) < 1)
      const wholes = presences.filter((presence) => demandOf(presence) >= 1)
      if (shares.length > 0 && wholes.length > 0) addSharingRows(draft, { ...here, shares, wholes, demandOf })
    }
  }
}

interface NodeDevices {
  readonly node: number
  /** Of the resource, among the device resources. */
  readonly position: number
  readonly resource: number
  /** Of the copies that are here. */
  readonly groups: readonly number[]
}

interface SharedDevices extends NodeDevices {
  readonly shares: readonly Presence[]
  readonly wholes: readonly Presence[]
  readonly demandOf: (presence: Presence) => number
}

/** One stay for each group that is tied to a device. */
function stayersOf({ groups, stay, instance }: ProgramDraft, { groups: here, position, resource }: NodeDevices) {
  const stayers = new Map<number, { readonly stay: number; readonly share: number; readonly members: number }[]>()
  for (const index of here) {
    const { tiedDevices, deployment, copies } = groups[index] as ProgramDraft['groups'][number]
    const { demand } = instance.deployments[deployment] as InstanceDeployment
    const stayer = {
      stay: stay[index] as number,
      share: Math.min(1, demand[resource] as number),
      members: copies.length
    }
    for (const device of tiedDevices[position] ?? []) stayers.set(device, [...(stayers.get(device) ?? []), stayer])
  }
  return stayers
}

/** Σ share · s ≤ 1, as far as it goes, on every overloaded device. Whether there is one. */
function addOverloadRows(draft: ProgramDraft, here: NodeDevices): boolean {
  const { instance, builder } = draft
  const overloaded = overloadedDevices(instance, here.node).filter(({ resource }) => resource === here.resource)
  const stayers = overloaded.length > 0 ? stayersOf(draft, here) : new Map()
  for (const { device, excess } of overloaded) {
    const name = `device ${instance.resources[here.resource]} ${device} ${instance.nodes[here.node]?.id}`
    const entries = (stayers.get(device) ?? []).map(
      ({ stay, share }: { stay: number; share: number }): Entry => [stay, share]
    )
    builder.row(name, -Infinity, 1, [...entries, [addExcessColumn(draft, name, excess), -1]])
  }
  return overloaded.length > 0
}

function addSharingRows(draft: ProgramDraft, here: SharedDevices): void {
  const { instance, builder } = draft
  const { node, resource, shares, wholes, demandOf } = here
  const devices = instance.nodes[node]?.capacity[resource] ?? 0
  const name = `${instance.resources[resource]} ${instance.nodes[node]?.id}`
  const opened = builder.column(`opened ${name}`, { upper: devices, integer: true })
  const taken: Entry[] = [[opened, 1]]
  const room: Entry[] = [[opened, -1]]
  for (const [device, stayers] of stayersOf(draft, here)) {
    const held = builder.column(`held ${name} ${device}`, { upper: 1, integer: true })
    taken.push([held, 1])
    room.push([held, -1])
    for (const { stay, share, members } of stayers) {
      room.push([stay, share])
      builder.row(`held ${name} ${device}`, -Infinity, 0, [
        [stay, 1],
        [held, -members]
      ])
    }
  }
  for (const presence of wholes) for (const column of presence.columns) taken.push([column, demandOf(presence)])
  for (const presence of shares) for (const column of presence.arrivals) room.push([column, demandOf(presence)])
  builder.row(`devices ${name}`, -Infinity, devices, taken)
  builder.row(`shares ${name}`, -Infinity, 0, room)
}
