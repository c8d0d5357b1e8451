import type { Instance } from '../../models/instance/instance.js'
import type { Arrival, Packing } from '../../models/instance/packing.js'
import type { Optimum } from '../brute-force/enumerate-placements.js'

/** The enumerated optimum as a packing of the instance. */
export function readPacking({ copies, nodes, deployments, problem }: Instance, { placement }: Optimum): Packing {
  const nodeOf = new Map(nodes.map(({ id, index }) => [id, index]))
  const indexOf = new Map(deployments.map(({ id, isHeadroom, index }) => [`${isHeadroom} ${id}`, index]))
  const ownerOf = new Map(problem.replicas.map(({ id, deployment }) => [id, deployment]))
  const copyOf = new Map(copies.map((copy) => [copy.id, copy]))
  const stays = new Uint8Array(copies.length)
  const arrive = (id: string, isHeadroom: boolean, node: string): Arrival => ({
    deployment: indexOf.get(`${isHeadroom} ${id}`) as number,
    node: nodeOf.get(node) as number
  })
  const arrivals = placement.placement.flatMap(({ replica, node, deployment }) => {
    const copy = copyOf.get(replica)
    if (copy === undefined || copy.node !== nodeOf.get(node)) {
      return [arrive(deployment ?? ownerOf.get(replica) ?? '', false, node)]
    }
    stays[copy.index] = 1
    return []
  })
  return {
    stays,
    arrivals: [...arrivals, ...placement.headroom.map(({ deployment, node }) => arrive(deployment, true, node))]
  }
}
