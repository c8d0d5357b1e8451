import type { Deployment, NodeType, Problem } from '../../../models/contract/problem.js'
import type { Study } from '../../../models/contract/study.js'
import { countsNow } from '../forecast/demand.js'
import { floorRules } from './floors.js'
import { selectorOf } from './gpu-memory.js'
import { admits } from './hosting.js'
import { isSpot, withMarket } from './markets.js'
import { reservedNodes } from './reserved-nodes.js'

/**
 * The Problem of one moment, for `compact`: so many replicas of each deployment as `counts` says (by default those wanted now) on
 * the nodes that there are, those that are reserved, and those that may be bought.
 *
 * - Reserved nodes are never given back; what runs already stays listed, and what is missing is a copy of its own.
 * - Every node and type says by its label `market` how it is paid for. A floor is an `at-least` rule over all markets but spot.
 * - `minGpuMemory` is a selector over the values of the label `gpu-memory`.
 * - Of each type as many may be bought as could all be of use at this moment; a type that hosts nothing is left out. Not so with `whole`,
 *   for Problems of which others are made.
 *
 * Where nothing is wanted of any deployment, it has no replicas: no Problem that `parseProblem` accepts.
 */
export function problemAt(
  study: Study,
  counts: ReadonlyMap<string, number> = countsNow(study),
  { whole = false }: { readonly whole?: boolean } = {}
): Problem {
  const {
    catalogue: _catalogue,
    forecast: _forecast,
    growth: _growth,
    availability: _availability,
    reservations: _reservations,
    commitment: _commitment,
    quotas: _quotas,
    ...cluster
  } = study
  const deployments = study.deployments.map((deployment): Deployment => {
    const { workload, throughput, utilisation, minReplicas, minGpuMemory, growth, floor, ...plain } = deployment
    const replicas = counts.get(plain.id) ?? 0
    return { ...plain, replicas, nodeSelector: selectorOf(study, deployment) }
  })
  const nodes = [...study.nodes, ...reservedNodes(study)].map((node) => ({ ...node, labels: withMarket(node.labels) }))
  const nodeTypes = study.nodeTypes
    .map((type) => ({ ...type, labels: withMarket(type.labels) }))
    .map((type) => ({
      ...type,
      maxNew: whole ? type.maxNew : Math.min(type.maxNew, mostOfUse(study, deployments, type))
    }))
    .filter(({ maxNew }) => maxNew > 0)
  const hasSpot = [...nodes, ...nodeTypes].some(({ labels }) => isSpot(labels))
  const floors = hasSpot ? floorRules(study, counts) : []
  return { ...cluster, nodes, nodeTypes, deployments, rules: [...study.rules, ...floors] }
}

/** As many nodes of a type as could host something: no answer needs one that hosts nothing. */
function mostOfUse({ headroom }: Study, deployments: readonly Deployment[], type: NodeType): number {
  const hosted = new Map(deployments.filter((deployment) => admits(type, deployment)).map((item) => [item.id, item]))
  const wanted = [...hosted.values()].reduce((sum, { replicas = 0 }) => sum + replicas, 0)
  return headroom.reduce((sum, { deployment, replicas }) => sum + (hosted.has(deployment) ? replicas : 0), wanted)
}
