import { mergeAlike } from '../../../models/formulations/merge-alike.js'
import { groupNodes } from '../../../models/formulations/node-contents.js'
import type { InstanceNode } from '../../../models/instance/instance.js'
import type { Guide } from '../../solvers/patterns/guide.js'
import type { Incumbents } from '../incumbents.js'
import { type MipSearchOptions, searchByMip } from '../mip-search.js'
import type { SolverTeam } from '../solver-team.js'

/** More arrivals than this are too many for a solver to choose from. */
const MOST_ARRIVALS = 30_000

/**
 * Solves the aggregated program, confined to what good patterns make use of: copies arrive only where such a pattern has them, and of
 * each kind of node as many are active as at the bound. What it proves holds for nothing else.
 */
export async function searchByGuide(
  incumbents: Incumbents,
  solvers: SolverTeam,
  { active, arrivals }: Guide,
  contentsMatter: boolean,
  options: Pick<MipSearchOptions, 'budget' | 'relativeGap' | 'seed' | 'signal'>
): Promise<void> {
  const { instance } = incumbents
  const merged = mergeAlike(instance)
  const deployments = merged.instance.deployments.length
  const kinds = active.length
  const groupOf = new Int32Array(instance.nodes.length).fill(-1)
  const groups = contentsMatter ? groupNodes(merged.instance) : []
  for (const [group, { nodes }] of groups.entries()) for (const node of nodes) groupOf[node] = group
  const keepArrival = (index: number, node: number) => {
    const deployment = merged.mergedOf[index] as number
    const { kind } = instance.nodes[node] as InstanceNode
    const group = groupOf[node] as number
    return (
      arrivals[(group < 0 ? kind : kinds + group) * deployments + deployment] === 1 ||
      (group >= 0 && arrivals[kind * deployments + deployment] === 1)
    )
  }
  let kept = 0
  for (const { index: deployment } of instance.deployments) {
    for (const { index } of instance.nodes) if (keepArrival(deployment, index)) kept++
  }
  if (kept > MOST_ARRIVALS) return
  const activeOfKind = (kind: number) => ({ least: active[kind] as number, most: active[kind] as number })
  await searchByMip(incumbents, solvers, { ...options, level: 'total', keepArrival, activeOfKind })
}
