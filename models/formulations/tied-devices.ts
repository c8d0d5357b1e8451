import type { BindingLimit } from '../instance/binding-limit.js'
import type { InstanceDeployment } from '../instance/instance.js'
import { TOLERANCE } from '../instance/instance.js'
import type { Presence, ProgramDraft } from './draft.js'

/** One device resource of one node. */
export interface NodeDevices {
  readonly node: number
  /** Of the resource, among the device resources. */
  readonly position: number
  readonly resource: number
  /** Of the copies that are here. */
  readonly groups: readonly number[]
  /** Presences that take a share of one device. */
  readonly shares: readonly Presence[]
  /** Presences that take whole devices. */
  readonly wholes: readonly Presence[]
  /** What one device may bear: 1, or a little more. */
  readonly full: BindingLimit
  readonly demandOf: (presence: Presence) => number
}

/** The groups tied to each device: the column of those that stay, what each of them holds of the device, and how many there are. */
export type Stayers = ReadonlyMap<
  number,
  readonly { readonly stay: number; readonly share: number; readonly members: number }[]
>

export function stayersOf(
  { groups, stay, instance }: ProgramDraft,
  { groups: here, position, resource }: Pick<NodeDevices, 'groups' | 'position' | 'resource'>
): Stayers {
  const stayers = new Map<number, { readonly stay: number; readonly share: number; readonly members: number }[]>()
  for (const index of here) {
    const { tiedDevices, deployment, copies } = groups[index] as ProgramDraft['groups'][number]
    const { demand } = instance.deployments[deployment] as InstanceDeployment
    const share = Math.min(1, demand[resource] as number)
    if (share <= TOLERANCE) continue
    for (const device of tiedDevices[position] ?? []) {
      const known = stayers.get(device) ?? []
      stayers.set(device, known)
      known.push({ stay: stay[index] as number, share, members: copies.length })
    }
  }
  return stayers
}

/** A device that the start overloads: the column of what is too much, and one that is 0 as long as there is any. */
export interface Overload {
  readonly excess: number
  readonly joins: number
}
