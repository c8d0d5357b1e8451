import type { Instance, InstanceCopy } from '../instance/instance.js'
import { mustStay } from './copy-groups.js'

/** Copies of one deployment on one node that cost the same to move and may stay. */
export interface Resident {
  readonly deployment: number
  readonly moveCost: number
  readonly copies: readonly InstanceCopy[]
  /** So many of them must stay: those that are pinned and cannot be stopped as surplus. */
  readonly held: number
}

/** Nodes that nothing tells apart but their names. */
export interface NodeGroup {
  readonly kind: number
  readonly residents: readonly Resident[]
  /** Indices of the nodes. */
  readonly nodes: readonly number[]
}

/** Groups the nodes where something may stay by kind and residents, in the order of their first nodes. */
export function groupNodes(instance: Instance): NodeGroup[] {
  const groups = new Map<string, NodeGroup & { readonly nodes: number[] }>()
  for (const { index, kind, copies, mustEmpty } of instance.nodes) {
    const residents = mustEmpty ? [] : residentsOf(instance, copies)
    if (residents.length === 0) continue
    const contents = residents.map((resident) =>
      [resident.deployment, resident.moveCost, resident.copies.length, resident.held].join(' ')
    )
    const key = `${kind}: ${contents.join()}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { kind, residents, nodes: [index] })
    else known.nodes.push(index)
  }
  return [...groups.values()]
}

/** The copies that may stay, by deployment; those that cost most to move first. */
function residentsOf(instance: Instance, copies: readonly number[]): Resident[] {
  const residents: { deployment: number; moveCost: number; copies: InstanceCopy[]; held: number }[] = []
  for (const index of copies) {
    const copy = instance.copies[index] as InstanceCopy
    if (copy.state === 'draining') continue
    const { deployment, moveCost } = copy
    const held = Number(copy.hold === 'pinned' && mustStay(instance, copy))
    const known = residents.find((resident) => resident.deployment === deployment && resident.moveCost === moveCost)
    if (known === undefined) residents.push({ deployment, moveCost, copies: [copy], held })
    else {
      known.copies.push(copy)
      known.held += held
    }
  }
  return residents.sort((left, right) => left.deployment - right.deployment || right.moveCost - left.moveCost)
}
