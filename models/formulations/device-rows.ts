import type { AggregatedDraft, Presence } from './aggregated.js'

/**
 * Devices that running copies hold a share of. Such a copy cannot change devices, so whole arrivals find only devices that are
 * free or given up entirely: per held device h a binary o_h (still held), per node a count p of free devices opened for shares.
 *
 *   s ≤ members · o_h                                for every group with a share of h
 *   Σ whole · (s + a) + p + Σ o_h ≤ devices          whole copies take what nobody shares
 *   Σ share · a ≤ p + Σ_h (o_h − Σ share · s)        shares fit, in sum, into what is shared
 *
 * How shares fit on single devices is left to the roundings and, exactly, to the packing of each answer.
 */
export function addDeviceRows(draft: AggregatedDraft): void {
  const { instance, columns, byNode } = draft
  for (const [position, resource] of instance.deviceResources.entries()) {
    for (const [order, presences] of byNode.entries()) {
      const node = columns.nodes[order] as number
      const devices = instance.nodes[node]?.capacity[resource] ?? 0
      const demandOf = ({ deployment }: Presence) => instance.deployments[deployment]?.demand[resource] ?? 0
      const shares = presences.filter((presence) => demandOf(presence) > 0 && demandOf(presence) < 1)
      const wholes = presences.filter((presence) => demandOf(presence) >= 1)
      if (devices === 0 || shares.length === 0 || wholes.length === 0) continue
      addNodeRows(draft, { node, position, resource, devices, shares, wholes, demandOf })
    }
  }
}

interface NodeDevices {
  readonly node: number
  readonly position: number
  readonly resource: number
  readonly devices: number
  readonly shares: readonly Presence[]
  readonly wholes: readonly Presence[]
  readonly demandOf: (presence: Presence) => number
}

function addNodeRows(
  draft: AggregatedDraft,
  { node, position, resource, devices, shares, wholes, demandOf }: NodeDevices
): void {
  const { instance, builder, columns } = draft
  const name = `${instance.resources[resource]} ${instance.nodes[node]?.id}`
  const holders = new Map<number, { stay: number; share: number; members: number }[]>()
  const openStays: [number, number][] = []
  for (const [index, group] of columns.groups.entries()) {
    if (group.node !== node) continue
    const held = group.sharedDevices[position] ?? []
    const share = instance.deployments[group.deployment]?.demand[resource] ?? 0
    for (const device of held) {
      const holder = { stay: columns.stay[index] as number, share, members: group.copies.length }
      const known = holders.get(device)
      if (known === undefined) holders.set(device, [holder])
      else known.push(holder)
      openStays.push([holder.stay, share])
    }
  }
  const opened = builder.column(`opened ${name}`, { upper: devices, integer: true })
  const taken: [number, number][] = [[opened, 1]]
  const room: [number, number][] = [[opened, -1], ...openStays]
  for (const [device, stays] of holders) {
    const load = stays.reduce((sum, { share, members }) => sum + share * members, 0)
    const held = builder.column(`held ${name} ${device}`, { upper: 1, integer: true })
    for (const { stay, members } of stays)
      builder.row(`held ${name} ${device}`, -Infinity, 0, [
        [stay, 1],
        [held, -members]
      ])
    taken.push([held, 1])
    room.push([held, -1])
    if (load > 1 + 1e-6) {
      const slack = draft.slack(`device ${name} ${device}`, load - 1)
      room.push([slack, -1])
      builder.row(`device ${name} ${device}`, -Infinity, 1, [
        ...stays.map(({ stay, share }): [number, number] => [stay, share]),
        [slack, -1]
      ])
    }
  }
  for (const presence of wholes) for (const column of presence.columns) taken.push([column, demandOf(presence)])
  const staying = new Set(openStays.map(([column]) => column))
  for (const presence of shares) {
    for (const column of presence.columns) if (!staying.has(column)) room.push([column, demandOf(presence)])
  }
  builder.row(`devices ${name}`, -Infinity, devices, taken)
  builder.row(`shares ${name}`, -Infinity, 0, room)
}
