import type { InstanceCopy } from '../../../models/instance/instance.js'
import type { Target } from '../../../models/instance/packing.js'
import type { Restricted } from './restricted.js'

/** The first decision that a target does not obey, in words; null when it obeys all. */
export function firstDisobeyed(
  { original, accepted, barred, limits, pinned }: Restricted,
  target: Target
): string | null {
  const { copies, nodes, deployments } = original
  const nameOf = (node: number) => nodes[node]?.id ?? ''
  const newcomers = new Map(target.newcomers.map(({ id, node }) => [id, node]))
  for (const { planned } of accepted) {
    const node = planned.copy < 0 ? newcomers.get(planned.id) : target.copies[planned.copy]?.node
    if (node !== planned.node) return `${planned.id} cannot get to ${nameOf(planned.node)}`
  }
  for (const index of pinned) {
    const { id, node } = copies[index] as InstanceCopy
    if (target.copies[index]?.node !== node) return `${id} cannot stay on ${nameOf(node)}`
  }
  const ends = new Map<string, number>(newcomers)
  for (const { index, id } of copies) {
    const place = target.copies[index] ?? null
    if (place !== null) ends.set(id, place.node)
  }
  for (const [id, banned] of barred) {
    const node = ends.get(id)
    const isHome = copies.some((copy) => copy.id === id && copy.node === node)
    if (node !== undefined && banned.has(node) && !isHome) return `${id} comes to ${nameOf(node)}`
  }
  for (const { deployment, node, most } of limits) {
    const came = [
      ...copies.filter(
        (copy) => copy.deployment === deployment && copy.node !== node && target.copies[copy.index]?.node === node
      ),
      ...target.newcomers.filter((one) => one.deployment === deployment && one.node === node)
    ].length
    if (came > most) return `${came} replicas of ${deployments[deployment]?.id} come to ${nameOf(node)}`
  }
  return null
}
