import { type BindingLimit, deviceLimit, mostWithSlack } from '../instance/binding-limit.js'
import { TOLERANCE } from '../instance/instance.js'
import { overloadedDevices } from './copy-groups.js'
import { addExcessColumn, type Entry, type Presence, type ProgramDraft } from './draft.js'
import { addFragmentRows } from './fragment-rows.js'
import { type NodeDevices, type Overload, type Stayers, stayersOf } from './tied-devices.js'

/** Devices in use for which the program counts what still fits: more of these columns would slow the solver more than they help. */
const MOST_FRAGMENTS = 1_000

/**
 * Devices that running copies hold a share of. Such a copy cannot change devices, so whole arrivals find only devices that are
 * free or given up entirely: per held device h a binary o_h (still held), per node a count p of free devices opened for shares.
 *
 *   s ≤ members · o_h                                for every group with a share of h
 *   Σ whole · (s + a) + p + Σ o_h ≤ devices          whole copies take what nobody shares
 *   Σ share · a ≤ p + Σ_h (o_h − Σ share · s)        shares fit, in sum, into what is shared
 *
 * A device is not 1 here but what the checker lets it bear, where that is more. Shares within the checker's tolerance count for nothing: they
 * may stand beside whole copies.
 *
 * How shares fit on single devices is left to the roundings, to the rows of fragments and, exactly, to the packing of each answer. A
 * device that the start overloads has a row of its own instead.
 */
export function addDeviceRows(draft: ProgramDraft): void {
  const { instance, byNode } = draft
  let fragments = 0
  const tied = draft.nodes.map(() => [] as number[])
  const positionOf = new Map(draft.nodes.map((node, position) => [node, position]))
  for (const [index, { node }] of draft.groups.entries()) tied[positionOf.get(node) as number]?.push(index)
  const fullest = instance.deviceResources.map((resource) => {
    const shares = instance.deployments.map(({ demand }) => demand[resource] as number).filter((share) => share < 1)
    const { limit, slack } = deviceLimit(shares)
    return { limit: Math.max(1, limit), slack }
  })
  for (const [position, resource] of instance.deviceResources.entries()) {
    for (const [order, presences] of byNode.entries()) {
      const node = draft.nodes[order] as number
      const demandOf = ({ deployment }: Presence) => instance.deployments[deployment]?.demand[resource] ?? 0
      const shares = presences.filter((presence) => demandOf(presence) > TOLERANCE && demandOf(presence) < 1)
      const wholes = presences.filter((presence) => demandOf(presence) >= 1)
      const full = fullest[position] as BindingLimit
      const here = { node, position, resource, groups: tied[order] as number[], shares, wholes, full, demandOf }
      const stayers = stayersOf(draft, here)
      const overloads = addOverloadRows(draft, here, stayers)
      if (fragments < MOST_FRAGMENTS) fragments += addFragmentRows(draft, here, stayers, overloads)
      if (overloads.size === 0 && shares.length > 0 && wholes.length > 0) addSharingRows(draft, here, stayers)
    }
  }
}

/** Σ share · s ≤ 1, as far as it goes, on every overloaded device. What is overloaded, by device. */
function addOverloadRows(draft: ProgramDraft, here: NodeDevices, stayers: Stayers): Map<number, Overload> {
  const { instance, builder } = draft
  const overloads = new Map<number, Overload>()
  for (const { device, resource, excess } of overloadedDevices(instance, here.node)) {
    if (resource !== here.resource) continue
    const name = `device ${instance.resources[resource]} ${device} ${instance.nodes[here.node]?.id}`
    const entries = (stayers.get(device) ?? []).map(({ stay, share }): Entry => [stay, share])
    const joins = builder.column(`joins ${name}`, { upper: 1 })
    const column = addExcessColumn(draft, name, excess, { entries: [[joins, 1]], most: 1 })
    overloads.set(device, { excess: column, joins })
    builder.row(name, -Infinity, mostWithSlack(here.full), [...entries, [column, -1]])
  }
  return overloads
}

function addSharingRows(draft: ProgramDraft, here: NodeDevices, holders: Stayers): void {
  const { instance, builder } = draft
  const { node, resource, shares, wholes, full, demandOf } = here
  const devices = instance.nodes[node]?.capacity[resource] ?? 0
  const name = `${instance.resources[resource]} ${instance.nodes[node]?.id}`
  const opened = builder.column(`opened ${name}`, { upper: devices, integer: true })
  const taken: Entry[] = [[opened, 1]]
  const room: Entry[] = [[opened, -full.limit]]
  for (const [device, stayers] of holders) {
    const held = builder.column(`held ${name} ${device}`, { upper: 1, integer: true })
    taken.push([held, 1])
    room.push([held, -full.limit])
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
  builder.row(`shares ${name}`, -Infinity, full.slack * devices, room)
}
