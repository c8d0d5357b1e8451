import type { Instance, InstanceCopy } from '../instance/instance.js'

/** Copies of one deployment on one node that cost the same to move and may stay. */
export interface Resident {
  readonly deployment: number
  readonly moveCost: number
  readonly copies: readonly InstanceCopy[]
}

/** Nodes that nothing tells apart but their names. */
export interface NodeGroup {
  readonly kind: number
  readonly residents: readonly Resident[]
  /** Indices of the nodes. */
  readonly nodes: readonly number[]
}

/** How many copies of a resident must stay: those that are pinned. */
export function heldCopies({ copies }: Resident): number {
  return copies.filter(({ hold }) => hold === 'pinned').length
}

/** Groups the nodes where something may stay by kind and residents, in the order of their first nodes. */
export function groupNodes(instance: Instance): NodeGroup[] {
  const groups = new Map<string, NodeGroup & { readonly nodes: number[] }>()
  for (const { index, kind, copies, mustEmpty } of instance.nodes) {
    const residents = mustEmpty ? [] : residentsOf(instance, copies)
    if (residents.length === 0) continue
    const contents = residents.map((resident) =>
      [resident.deployment, resident.moveCost, resident.copies.length, heldCopies(resident)].join(' ')
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
  const residents: (Resident & { readonly copies: InstanceCopy[] })[] = []
  for (const index of copies) {
    const copy = instance.copies[index] as InstanceCopy
    if (copy.state === 'draining') continue
    const { deployment, moveCost } = copy
    const known = residents.find((resident) => resident.deployment === deployment && resident.moveCost === moveCost)
    if (known === undefined) residents.push({ deployment, moveCost, copies: [copy] })
    else known.copies.push(copy)
  }
  return residents.sort((left, right) => left.deployment - right.deployment || right.moveCost - left.moveCost)
}
