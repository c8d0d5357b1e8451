import { InputError } from '../../../models/contract/parse-value.js'
import type { Labels, ResourceAmounts } from '../../../models/contract/quantities.js'
import type { Rule } from '../../../models/contract/rules.js'
import type { Study } from '../../../models/contract/study.js'
import { formulatePatterns, groupByKind, type PatternProblem } from '../../../models/formulations/pattern-problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import type { Instance, InstanceNode } from '../../../models/instance/instance.js'
import type { CopyClass } from '../../solvers/fleet/period-batch.js'
import { MARKET_LABEL } from '../labels.js'
import { committedTypes } from '../study/commitment.js'
import { problemAt } from '../study/problem-at.js'
import { copyClasses } from './copy-classes.js'
import { floorRows } from './floor-rows.js'
import { quotaRows } from './quota-rows.js'

/** A kind of node that a fleet may have. */
export interface FleetKind {
  /** Name of the type as it is sold, such as `g5.xlarge:spot`; of a node that is there, its type, or its id where it has none. */
  readonly type: string
  /** Id of the first such node of those that are there; null for nodes that may be had. */
  readonly node: string | null
  readonly market: string
  readonly labels: Labels
  readonly capacity: ResourceAmounts
  /** Money per hour, where a node is paid by the hour. */
  readonly costPerHour: number
  /** Nodes that may be had by the hour; 0 for nodes that are there. */
  readonly offered: number
  /** Nodes that may be paid for in every hour, at least and at most so many, and what each costs an hour then; null for none. */
  readonly base: { readonly least: number; readonly most: number; readonly costPerHour: number } | null
  /** Seconds from ordering a node until it is there: it is paid for by then. */
  readonly provisionSeconds: number
}

/** Kinds of nodes and what they may hold, whatever the numbers of replicas are. */
export interface Fleet {
  readonly problem: PatternProblem
  readonly kinds: readonly FleetKind[]
  /** The deployments of the problem: those of the study, then one for each headroom. */
  readonly instance: Instance
  /** [row]: the deployment of which the row is a floor; −1 for every other linking row. */
  readonly floorOf: Int32Array
  /** The copies of each deployment by the linking rows in which they count. */
  readonly classes: readonly CopyClass[]
}

/**
 * The fleet of a study, for up to so many replicas of each deployment. Rules that look at one node, `at-least` rules, floors and quotas
 * become part of it. Throws InputError for rules that depend on what other nodes host.
 */
export function formulateFleet(study: Study, most: ReadonlyMap<string, number>): Fleet {
  refuseRulesBetweenNodes(study)
  const { rules: _floors, ...problem } = problemAt(study, most)
  const offered = new Map(problem.nodeTypes.map(({ type, maxNew }) => [type, maxNew]))
  // One node stands for all of its type.
  const nodeTypes = problem.nodeTypes.map((type) => ({ ...type, maxNew: 1 }))
  const rules = [...study.rules, ...sharedPlaces(study)]
  // Quotas tell nodes of different types apart.
  const nodes = problem.nodes.map((node) => ({ ...node, labels: { ...node.labels, [OWN_TYPE]: node.type ?? '' } }))
  const instance = compileInstance({ ...problem, nodes, nodeTypes, rules, replicas: [] }, {}, 'every')
  const kinds = groupByKind(instance).map((nodes) => describeKind(study, instance, nodes, offered))
  const floors = floorRows(study, kinds)
  const further = [...floors.rows, ...quotaRows(study, kinds)]
  const patterns = formulatePatterns(instance, false, { of: 'total' }, further)
  const rows = patterns.linkLeast.length
  const floorOf = new Int32Array(rows).fill(-1)
  floorOf.set(floors.deployments, rows - further.length)
  return {
    problem: { ...patterns, available: Int32Array.from(kinds, (kind) => kind.offered) },
    kinds,
    instance,
    floorOf,
    classes: copyClasses(patterns)
  }
}

/** A label that no study has: the type of a node that is there. */
const OWN_TYPE = ''

function describeKind(
  study: Study,
  { problem, listedNodes }: Instance,
  nodes: readonly InstanceNode[],
  offered: ReadonlyMap<string, number>
): FleetKind {
  const [first] = nodes as [InstanceNode]
  const listed = nodes.filter(({ index }) => index < listedNodes)
  const { labels, costPerHour } = first
  const market = labels[MARKET_LABEL] ?? 'on-demand'
  if (listed.length > 0) {
    const { type = first.id, capacity } = problem.nodes[first.index] as (typeof problem.nodes)[number]
    const least = first.releasable ? 0 : listed.length
    const base = { least, most: listed.length, costPerHour }
    const { [OWN_TYPE]: _, ...own } = labels
    return { type, node: first.id, market, labels: own, capacity, costPerHour, offered: 0, base, provisionSeconds: 0 }
  }
  // Types that nothing tells apart are one kind, by the name of the first.
  const types = nodes.map(({ purchase }) => problem.nodeTypes[purchase] as (typeof problem.nodeTypes)[number])
  const [{ type, capacity, provisionSeconds }] = types as [(typeof types)[number]]
  const most = types.reduce((sum, one) => sum + (offered.get(one.type) ?? 0), 0)
  const commitment = committedTypes(study).find((committed) => committed.type === `${type}:reserved`)
  const base = commitment === undefined ? null : { least: 0, most, costPerHour: commitment.costPerHour }
  return { type, node: null, market, labels, capacity, costPerHour, offered: most, base, provisionSeconds }
}

/** Where copies and headroom of a deployment share the places of a node, a rule says so: as patterns see it they are two deployments. */
function sharedPlaces({ deployments, headroom }: Study): Rule[] {
  return deployments.flatMap(({ id, maxReplicasPerNode: max }): Rule[] =>
    max === undefined || !headroom.some(({ deployment }) => deployment === id)
      ? []
      : [{ kind: 'anti-affinity', deployments: [id], topologyKey: 'node', max }]
  )
}

/** Over a horizon, and for quotas, nodes are counted, not placed: what depends on two of them cannot be said. */
function refuseRulesBetweenNodes({ rules }: Study): void {
  const issues = rules.flatMap((rule, index) => {
    const isOfNodes = rule.kind === 'at-least' || ('topologyKey' in rule && rule.topologyKey === 'node')
    if (isOfNodes && rule.kind !== 'spread' && rule.kind !== 'affinity') return []
    return [
      {
        path: `rules[${index}]`,
        found: `a rule of kind ${rule.kind}${'topologyKey' in rule ? ` over ${rule.topologyKey}` : ''}`,
        expected: 'anti-affinity or conflict on single nodes, or at-least',
        hint: 'where nodes are only counted, rules between them cannot hold; without quotas, mix obeys all rules'
      }
    ]
  })
  if (issues.length > 0) throw new InputError('study', issues)
}
