import { groupNodes } from '../../../models/formulations/node-contents.js'
import type { Instance, InstanceCopy } from '../../../models/instance/instance.js'
import type { Packing } from '../../../models/instance/packing.js'
import type { Pattern } from '../../../src/solvers/patterns/pattern.js'

/** The contents of every active node of a packing, as patterns. A node that nobody can release is active as soon as something is on it. */
export function placementPatterns(instance: Instance, packing: Packing, contentsMatter: boolean): Pattern[] {
  const groups = contentsMatter ? groupNodes(instance) : []
  return instance.nodes.flatMap(({ index, kind, copies }) => {
    const counts = new Int32Array(instance.deployments.length)
    const add = (deployment: number) => {
      counts[deployment] = (counts[deployment] as number) + 1
    }
    const staying = copies
      .filter((copy) => packing.stays[copy] === 1)
      .map((copy) => instance.copies[copy] as InstanceCopy)
    for (const { deployment } of staying) add(deployment)
    for (const { deployment, node } of packing.arrivals) if (node === index) add(deployment)
    if (counts.every((count) => count === 0)) return []
    const group = groups.findIndex(({ nodes }) => nodes.includes(index))
    const stays = Int32Array.from(
      groups[group]?.residents ?? [],
      (resident) =>
        staying.filter((copy) => copy.deployment === resident.deployment && copy.moveCost === resident.moveCost).length
    )
    return [{ kind, group, counts, stays }]
  })
}
