import type { PlacementLike } from '../../../models/checker/placement-like.js'
import type { Node, Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { describeTarget } from '../../../models/instance/describe-target.js'
import type { Budget } from '../../budget.js'
import { searchGreedily } from '../../search/greedy/greedy-search.js'
import { Incumbents } from '../../search/incumbents.js'
import { searchPacking } from '../../search/portfolio.js'
import { costSearches } from '../../search/search-record.js'
import { startStopwatch } from '../../stopwatch.js'
import { decideFit, type FitOptions } from '../fit/decide-fit.js'
import { inPlace, openOnly, withoutPurchases } from '../question/scenario.js'
import type { SpareNodes } from './spare-node-list.js'
import { afterLoss, type SurvivalOptions } from './survival.js'
import type { Recovery } from './survival-verdict.js'

/** One loss that must be survived, and the label by which what is bought is lost with it. */
export interface LossAsked {
  readonly nodes: readonly string[]
  readonly topologyKey: string
  readonly domain: string
}

const GREEDY_SHARE = 0.3
/** Parts of what is left: finding spare nodes, and giving needless ones up. What remains is for the last check of all losses. */
const ADDING_SHARE = 0.5
const PRUNING_SHARE = 0.4

/**
 * Finds cheap spare nodes for a cluster: for one loss after another, those first of which most is lost, the cheapest nodes beside the ones that
 * are kept already; then each of them is given up again if all is survived without it. Each loss alone is solved by the whole
 * engine; together they may be survivable for less.
 */
export async function findSpareNodes(
  room: Problem,
  active: ReadonlySet<string>,
  losses: readonly LossAsked[],
  recovery: Recovery,
  options: SurvivalOptions
): Promise<SpareNodes> {
  const { budget, onPlacement } = options
  let cluster = room
  let spare: string[] = []
  const notCovered: string[] = []
  const openTo = (kept: readonly string[]) => {
    const open = new Set([...active, ...kept])
    return openOnly(withoutPurchases(cluster), ({ id }) => open.has(id))
  }
  const survives = async (
    loss: LossAsked,
    kept: readonly string[],
    within: Budget,
    tell?: SurvivalOptions['onPlacement']
  ) => {
    if (within.isSpent()) return false
    const problem = afterLoss(openTo(kept), lostWith(cluster, loss), recovery)
    const fit = await decideFit(problem, { ...options, budget: within })
    if (fit.verdict !== 'fits') return false
    tell?.({ shows: `survive, with spare nodes: without ${loss.domain}`, problem, placement: fit.placement })
    return true
  }
  const forAll = budget.share(ADDING_SHARE)
  for (const [order, loss] of losses.entries()) {
    const own = forAll.share(1 / (losses.length - order))
    if (await survives(loss, spare, own.share(1 / 2))) continue
    const paid = new Set([...active, ...spare])
    const added = own.isSpent() ? null : await cheapestFor(cluster, paid, loss, recovery, { ...options, budget: own })
    if (added === null) {
      notCovered.push(loss.domain)
      continue
    }
    cluster = { ...cluster, nodes: [...cluster.nodes, ...added.bought], nodeTypes: added.nodeTypes }
    spare = [...spare, ...added.kept]
  }
  const costOf = new Map(cluster.nodes.map((node) => [node.id, node]))
  const covered = losses.filter(({ domain }) => !notCovered.includes(domain))
  const dearest = [...spare].sort(
    (left, right) => (costOf.get(right)?.costPerHour ?? 0) - (costOf.get(left)?.costPerHour ?? 0)
  )
  const forPruning = budget.share(PRUNING_SHARE)
  for (const id of dearest) {
    const without = spare.filter((other) => other !== id)
    let isNeedless = !forPruning.isSpent()
    for (const loss of covered) {
      isNeedless &&= await survives(loss, without, forPruning.share(1 / (covered.length + 1)))
      if (!isNeedless) break
    }
    if (isNeedless) spare = without
  }
  for (const [order, loss] of covered.entries()) {
    const own = budget.share(1 / (covered.length - order))
    if (!(await survives(loss, spare, own, onPlacement))) notCovered.push(loss.domain)
  }
  const listed = new Set(room.nodes.map(({ id }) => id))
  const nodes = spare.map((id) => {
    const { type, costPerHour = 0 } = costOf.get(id) ?? {}
    return { id, ...(type !== undefined && { type }), isNew: !listed.has(id), costPerHour }
  })
  return { nodes, costPerHour: nodes.reduce((sum, node) => sum + node.costPerHour, 0), notCovered }
}

/** The nodes that a loss takes, those that were bought since included. */
function lostWith({ nodes }: Problem, { nodes: lost, topologyKey, domain }: LossAsked): string[] {
  if (topologyKey === 'node') return [...lost]
  return nodes
    .filter(({ labels }) => Object.hasOwn(labels, topologyKey) && labels[topologyKey] === domain)
    .map(({ id }) => id)
}

interface Added {
  readonly kept: readonly string[]
  readonly bought: readonly Node[]
  readonly nodeTypes: Problem['nodeTypes']
}

/** The cheapest nodes beside those that are paid already, idle or to be bought, with which everything fits after a loss. */
async function cheapestFor(
  cluster: Problem,
  paid: ReadonlySet<string>,
  loss: LossAsked,
  recovery: Recovery,
  { solvers, budget, signal, seed, threads }: FitOptions
): Promise<Added | null> {
  const { topologyKey, domain } = loss
  const isLost = (labels: Node['labels']) =>
    topologyKey !== 'node' && Object.hasOwn(labels, topologyKey) && labels[topologyKey] === domain
  const left = afterLoss(cluster, lostWith(cluster, loss), recovery)
  const problem: Problem = {
    ...left,
    nodes: left.nodes.map((node) => (paid.has(node.id) ? { ...node, releasable: false, costPerHour: 0 } : node)),
    nodeTypes: left.nodeTypes.map((type) => (isLost(type.labels) ? { ...type, maxNew: 0 } : type))
  }
  const instance = compileInstance(problem)
  const incumbents = new Incumbents(instance, startStopwatch(Infinity))
  await searchGreedily(incumbents, { budget: budget.share(GREEDY_SHARE), signal })
  if (solvers !== null) {
    await searchPacking(incumbents, {
      solvers,
      budget,
      signal,
      seed,
      threads,
      relativeGap: 1e-4,
      searches: costSearches
    })
  }
  signal.throwIfAborted()
  const { best } = incumbents
  if (best === null || best.worth.missing > 0 || best.worth.broken > 0) return null
  const target: PlacementLike = describeTarget(instance, best.target)
  const hosting = new Set(target.placement.map(({ node }) => node))
  const { nodes, nodeTypes } = inPlace({ ...cluster, replicas: [] }, { ...target, placement: [] })
  const bought = nodes.slice(cluster.nodes.length)
  return {
    kept: [...cluster.nodes, ...bought].flatMap(({ id }) => (hosting.has(id) && !paid.has(id) ? [id] : [])),
    bought,
    nodeTypes
  }
}
