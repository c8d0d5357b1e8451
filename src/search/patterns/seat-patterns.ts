import { packDevices } from '../../../models/devices/device-packing.js'
import { mustStay } from '../../../models/formulations/copy-groups.js'
import { type MergedInstance, mergeAlike } from '../../../models/formulations/merge-alike.js'
import { groupNodes } from '../../../models/formulations/node-contents.js'
import { groupByKind } from '../../../models/formulations/pattern-problem.js'
import type { Instance, InstanceCopy, InstanceDeployment, InstanceNode } from '../../../models/instance/instance.js'
import type { Arrival, Packing } from '../../../models/instance/packing.js'
import type { PatternSolution } from '../../solvers/patterns/pattern.js'
import { repairBudget } from '../greedy/budget-repair.js'
import type { PackingState } from '../packing-state.js'
import { realisePacking } from '../realisation.js'

/**
 * Gives the patterns of a solution to nodes: those of a group to its nodes, of the others to each node the one that keeps most of what
 * runs there. Trims what they supply beyond what is wanted, and repairs the budget. null when held copies or devices stand in the way, and for patterns of nodes or copies that there are not.
 */
export function seatPatterns(
  instance: Instance,
  solution: PatternSolution,
  merged: MergedInstance = mergeAlike(instance)
): PackingState | null {
  const packing = seatMerged(merged.instance, solution)
  const state = packing === null ? null : realisePacking(instance, tellApart(instance, packing, merged))
  // Where devices stood in the way, more copies had to leave their places than the patterns knew of.
  if (state !== null) repairBudget(state)
  return state
}

/** Says of each arrival which of the deployments that were merged it belongs to: those that miss copies, in their order. */
function tellApart(instance: Instance, { stays, arrivals }: Packing, { mergedOf }: MergedInstance): Packing {
  const missing = Int32Array.from(instance.deployments, ({ desired }) => desired)
  for (const { index, deployment } of instance.copies) {
    if (stays[index] === 1) missing[deployment] = (missing[deployment] as number) - 1
  }
  const open = new Map<number, number[]>()
  for (const { index } of [...instance.deployments].reverse()) {
    const members = open.get(mergedOf[index] as number) ?? []
    for (let copy = 0; copy < (missing[index] as number); copy++) members.push(index)
    open.set(mergedOf[index] as number, members)
  }
  return {
    stays,
    arrivals: arrivals.map(({ deployment, node }) => ({ deployment: open.get(deployment)?.pop() ?? -1, node }))
  }
}

function seatMerged(instance: Instance, solution: PatternSolution): Packing | null {
  const { patterns } = solution
  if (!isPossible(instance, solution)) return null
  const stays = new Uint8Array(instance.copies.length)
  const contents = seatOnGroups(instance, patterns)
  if (contents === null) return null
  for (const [kind, nodes] of groupByKind(instance).entries()) {
    const wanted = patterns.flatMap(({ pattern, nodes: count }) =>
      pattern.kind === kind && pattern.group < 0 ? [{ counts: pattern.counts, left: count }] : []
    )
    const others = nodes.filter(({ index }) => !contents.has(index))
    if (wanted.length > 0) matchByOverlap(instance, others, wanted, contents)
  }
  trimExcess(instance, contents)
  const arrivals: Arrival[] = []
  for (const [node, counts] of contents) {
    const left = counts.slice()
    const staying = stayOrder(instance, instance.nodes[node] as InstanceNode).filter(({ deployment }) => {
      if ((left[deployment] as number) === 0) return false
      left[deployment] = (left[deployment] as number) - 1
      return true
    })
    makeRoomOnDevices(instance, node, staying, left)
    for (const { index } of staying) stays[index] = 1
    for (const [deployment, count] of left.entries()) {
      for (let number = 0; number < count; number++) arrivals.push({ deployment, node })
    }
  }
  if (instance.copies.some((copy) => copy.state !== 'draining' && stays[copy.index] === 0 && mustStay(instance, copy)))
    return null
  return { stays, arrivals }
}

/**
 * A pattern knows how many devices its shares need, not which of them those that stay hold: lets others of their deployments arrive
 * instead of some of them, until everything fits.
 */
function makeRoomOnDevices(instance: Instance, node: number, staying: InstanceCopy[], arriving: Int32Array): void {
  for (const [position, resource] of instance.deviceResources.entries()) {
    const shareOf = (deployment: number) =>
      (instance.deployments[deployment] as InstanceDeployment).demand[resource] as number
    const isMovableShare = ({ hold, deployment }: InstanceCopy) => {
      const share = shareOf(deployment)
      return hold === 'none' && share > 0 && share < 1
    }
    for (;;) {
      const load = new Float64Array(instance.nodes[node]?.capacity[resource] ?? 0)
      for (const { deployment, devices } of staying) {
        for (const device of devices[position] ?? [])
          load[device] = (load[device] as number) + Math.min(1, shareOf(deployment))
      }
      const demands = [...arriving].flatMap((count, deployment) =>
        shareOf(deployment) > 0 ? new Array<number>(count).fill(shareOf(deployment)) : []
      )
      if (demands.length === 0 || packDevices(load, demands) !== null) break
      const leaver = staying.length - 1 - [...staying].reverse().findIndex(isMovableShare)
      if (leaver === staying.length) break
      const [copy] = staying.splice(leaver, 1) as [InstanceCopy]
      arriving[copy.deployment] = (arriving[copy.deployment] as number) + 1
    }
  }
}

/** What the nodes get that have patterns of their groups; null for more nodes than a group has, or a group that there is not. */
function seatOnGroups(instance: Instance, patterns: PatternSolution['patterns']): Map<number, Int32Array> | null {
  const contents = new Map<number, Int32Array>()
  const ofGroups = patterns.filter(({ pattern }) => pattern.group >= 0)
  if (ofGroups.length === 0) return contents
  const left = groupNodes(instance).map(({ nodes }) => [...nodes].reverse())
  for (const { pattern, nodes } of ofGroups) {
    for (let count = 0; count < nodes; count++) {
      const node = left[pattern.group]?.pop()
      if (node === undefined) return null
      contents.set(node, pattern.counts.slice())
    }
  }
  return contents
}

/** Whether a solution names no more nodes of a kind than there are, and on none more copies than run and are wanted. */
function isPossible({ nodes, deployments, copies }: Instance, { patterns }: PatternSolution): boolean {
  const most = Int32Array.from(deployments, ({ desired }) => desired)
  for (const { deployment } of copies) most[deployment] = (most[deployment] as number) + 1
  const left = new Map<number, number>()
  for (const { kind } of nodes) left.set(kind, (left.get(kind) ?? 0) + 1)
  return patterns.every(({ pattern: { kind, counts }, nodes: count }) => {
    const rest = (left.get(kind) ?? 0) - count
    left.set(kind, rest)
    const isWhole = counts.length === most.length && count > 0
    return isWhole && rest >= 0 && counts.every((copies, index) => copies >= 0 && copies <= (most[index] as number))
  })
}

/** A pattern, and the nodes that still have to get it. */
interface WantedPattern {
  readonly counts: Int32Array
  left: number
}

/** Pairs that are weighed for one kind of node: beyond them each contents looks at the first patterns only. */
const MOST_PAIRS = 300_000

/**
 * Pairs patterns and nodes greedily by the move cost that staying copies save; held copies weigh most. Nodes of the same contents
 * are weighed once.
 */
function matchByOverlap(
  instance: Instance,
  nodes: readonly InstanceNode[],
  patterns: readonly WantedPattern[],
  contents: Map<number, Int32Array>
): void {
  const classes = groupByContents(instance, nodes)
  const looks = Math.max(1, Math.floor(MOST_PAIRS / classes.length))
  const pairs: { group: NodeGroup; pattern: WantedPattern; overlap: number }[] = []
  for (const group of classes) {
    if (group.staying.length === 0) continue
    for (const pattern of patterns.slice(0, looks)) {
      pairs.push({ group, pattern, overlap: overlapOf(group.staying, pattern.counts) })
    }
  }
  pairs.sort((left, right) => right.overlap - left.overlap)
  for (const { group, pattern } of pairs) handOut(group, pattern, contents)
  // What nobody looked at takes idle nodes first.
  classes.sort((left, right) => left.staying.length - right.staying.length)
  for (const pattern of patterns) for (const group of classes) handOut(group, pattern, contents)
}

function handOut(group: NodeGroup, pattern: WantedPattern, contents: Map<number, Int32Array>): void {
  while (pattern.left > 0 && group.nodes.length > 0) {
    contents.set(group.nodes.pop() as number, pattern.counts.slice())
    pattern.left--
  }
}

/** Nodes that nothing tells apart but their names. */
interface NodeGroup {
  /** What may stay on each of them, as on the first. */
  readonly staying: readonly InstanceCopy[]
  readonly nodes: number[]
}

function groupByContents(instance: Instance, nodes: readonly InstanceNode[]): NodeGroup[] {
  const groups = new Map<string, NodeGroup>()
  for (const node of [...nodes].reverse()) {
    const staying = stayOrder(instance, node)
    const key = staying.map(({ deployment, moveCost, hold }) => `${deployment} ${moveCost} ${hold}`).join()
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { staying, nodes: [node.index] })
    else known.nodes.push(node.index)
  }
  return [...groups.values()].reverse()
}

function overlapOf(staying: readonly InstanceCopy[], counts: Int32Array): number {
  const used = new Map<number, number>()
  let overlap = 0
  for (const { deployment, moveCost, hold } of staying) {
    const taken = used.get(deployment) ?? 0
    if (taken >= (counts[deployment] as number)) continue
    used.set(deployment, taken + 1)
    overlap += moveCost + (hold === 'none' ? 0 : 1e6)
  }
  return overlap
}

/** Takes away copies beyond those wanted, where nobody would have to move for it if possible. */
function trimExcess(instance: Instance, contents: ReadonlyMap<number, Int32Array>): void {
  for (const { index, desired } of instance.deployments as readonly InstanceDeployment[]) {
    let excess = -desired
    for (const counts of contents.values()) excess += counts[index] as number
    if (excess <= 0) continue
    for (const spare of [true, false]) {
      for (const [node, counts] of contents) {
        if (excess <= 0) break
        const running = stayOrder(instance, instance.nodes[node] as InstanceNode).filter(
          ({ deployment }) => deployment === index
        ).length
        const most = spare ? Math.max(0, (counts[index] as number) - running) : (counts[index] as number)
        const taken = Math.min(excess, most)
        counts[index] = (counts[index] as number) - taken
        excess -= taken
      }
    }
  }
}

/** The copies of a node that may stay, those that are held first, then those that cost most to move. */
function stayOrder({ copies }: Instance, node: InstanceNode): InstanceCopy[] {
  if (node.mustEmpty) return []
  return node.copies
    .map((copy) => copies[copy] as InstanceCopy)
    .filter(({ state }) => state !== 'draining')
    .sort(
      (left, right) =>
        Number(left.hold === 'none') - Number(right.hold === 'none') ||
        right.moveCost - left.moveCost ||
        left.index - right.index
    )
}
