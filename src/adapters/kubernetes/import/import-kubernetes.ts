import type { Problem } from '../../../../models/contract/problem.js'
import { groupBy } from '../../../../models/grouping.js'
import { readOptions } from '../../import-options.js'
import type { ImportReport } from '../../import-report.js'
import type { NamedDocument } from '../../named-document.js'
import { PriceBook } from '../../prices.js'
import { selectedKeys } from '../objects/label-selector.js'
import { namespaceOf } from '../objects/metadata.js'
import { translateAntiAffinity } from './anti-affinity.js'
import { assembleProblem } from './assemble-problem.js'
import { Autoscalers } from './autoscalers.js'
import { measureRoom } from './capacities.js'
import { measureDemands } from './demands.js'
import { closeNodes, listOwnCordons } from './describe-nodes.js'
import { sayPreferences } from './describe-workloads.js'
import { settleDesired } from './desired-counts.js'
import { DisruptionBudgets } from './disruption-budgets.js'
import { findObjects } from './documents.js'
import { Faults } from './faults.js'
import { measureGpuShares } from './gpu-demands.js'
import { decideHandovers } from './handover.js'
import { MarkNames } from './mark-names.js'
import { listPrices, priceNodes, sayPrices } from './node-prices.js'
import { NodeRoster } from './node-roster.js'
import { translateHostPorts, translateNodeSelection, translateTaints } from './node-rules.js'
import { translateOperatingSystems } from './operating-systems.js'
import { chooseDefaults, type KubernetesImportOptions, OPTION_RANGES } from './options.js'
import { Owners } from './owners.js'
import { pinPods, sayPins } from './pinning.js'
import { translatePodAffinity } from './pod-affinity.js'
import { sortPods } from './pod-entries.js'
import { PodIndex } from './pod-index.js'
import { keysOfPodRules, TermReader } from './pod-terms.js'
import { QuantityReader } from './quantity-reader.js'
import { Remarks } from './remarks.js'
import { saySnapshot } from './say-snapshot.js'
import type { Scene } from './scene.js'
import { readSnapshot } from './snapshot.js'
import { expandDaemons, expandTemplates } from './templates.js'
import { listStarts } from './timing.js'
import { translateTopologySpread } from './topology-spread.js'
import { groupPods } from './workload-groups.js'

/** What an import gives: the Problem, what was made of each thing that is not in it as the cluster has it, and what makes it a controller's Snapshot. */
export interface KubernetesImport {
  readonly problem: Problem
  readonly report: ImportReport
  /** Nodes that a plan has closed, as the driver's mark says, and has not emptied. */
  readonly ownCordons: readonly string[]
  /** When pods were started, in ISO 8601, by the ids of their replicas. */
  readonly startedAt: ReadonlyMap<string, string>
}

/**
 * A Problem from what kubectl printed of a cluster: nodes, pods, their owners, what scales these, and disruption budgets. What the contract cannot say
 * pins the pods that it binds, and the report says so. Throws InputError with every place that is wrong: what is no object of
 * Kubernetes, quantities that are none, pods on unknown nodes, nodes without a price; and for options that are unknown or wrong.
 */
export function importKubernetes(
  documents: readonly NamedDocument[],
  given: KubernetesImportOptions = {}
): KubernetesImport {
  const options = readOptions(given, OPTION_RANGES)
  const choices = chooseDefaults(options)
  const faults = new Faults()
  const remarks = new Remarks()
  const snapshot = readSnapshot(findObjects(documents, faults), faults)
  faults.throwIfAny()

  const quantities = new QuantityReader(faults)
  const tools = { quantities, remarks, faults }
  const owners = new Owners(snapshot)
  const roster = new NodeRoster(snapshot.nodes)
  const { entries, fixed: running, gated } = sortPods(snapshot.pods, roster, owners, choices, tools)
  const daemons = groupBy(running, ({ namespace, pod }) => `${namespace}/${owners.ownerOf(pod).name}`)
  const fixed = [...running, ...expandDaemons(snapshot, daemons, roster, tools)]
  const owned = groupPods(entries, owners)
  for (const each of owned) settleDesired(each, owners, gated, remarks)
  const present = owned.flatMap(({ groups }) => groups)
  const known = new Set(present.map(({ id }) => id))
  const groups = [...present, ...expandTemplates(snapshot, owners, known, gated, tools)]

  const specs = [...groups.map(({ spec }) => spec), ...fixed.map(({ pod }) => pod.spec)]
  const budgeted = snapshot.budgets.flatMap(({ value }) => selectedKeys(value.spec?.selector))
  const index = new PodIndex(groups, fixed, new Set([...specs.flatMap(keysOfPodRules), ...budgeted]))
  const terms = new TermReader(snapshot.namespaces, index.namespaces)
  const scene: Scene = { roster, groups, fixed, index, terms, marks: new MarkNames(), remarks, rules: [] }

  closeNodes(roster, remarks)
  const budgets = new DisruptionBudgets(snapshot.budgets, index, owners, tools)
  decideHandovers(groups, new Autoscalers(snapshot.autoscalers), choices)
  pinPods(groups, budgets, choices)
  translateNodeSelection(scene)
  translateTaints(scene)
  translateOperatingSystems(scene)
  translateHostPorts(scene)
  translateAntiAffinity(scene)
  const rooms = measureRoom(roster, fixed, quantities, faults)
  const demands = measureDemands(groups, measureGpuShares(scene, rooms), rooms)
  translatePodAffinity(scene)
  translateTopologySpread(scene, (group, node) => {
    const amounts = rooms.get(node)?.amounts
    return [...(demands.get(group) ?? [])].every(([resource, amount]) => amount <= (amounts?.get(resource) ?? 0))
  })
  const prices = priceNodes(roster.nodes, new PriceBook(options), choices.priceAnnotation, faults)
  faults.throwIfAny()

  const findings = { scene, rooms, demands, prices, budgets, choices }
  const problem = assembleProblem(findings, options)
  sayPins(groups, remarks)
  sayPreferences(findings)
  sayPrices(prices, options.prices ?? {}, remarks)
  const namespaces = new Set(snapshot.pods.map(({ value }) => namespaceOf(value.metadata)))
  saySnapshot(snapshot, groups, namespaces, problem, remarks)
  const { nodes, deployments, replicas } = problem
  const { pinned, leftOut, adapted } = remarks
  const report: ImportReport = {
    source: 'kubernetes',
    read: Object.fromEntries(snapshot.read),
    imported: { nodes: nodes.length, deployments: deployments.length, replicas: replicas.length },
    pinned,
    leftOut,
    adapted,
    prices: listPrices(prices)
  }
  return { problem, report, ownCordons: listOwnCordons(roster, choices.owner), startedAt: listStarts(groups) }
}
