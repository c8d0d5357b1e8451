import { groupByKind } from '../../../models/formulations/pattern-problem.js'
import type { Instance, InstanceCopy, InstanceDeployment, InstanceNode } from '../../../models/instance/instance.js'
import type { Arrival } from '../../../models/instance/packing.js'
import type { PatternSolution } from '../../solvers/patterns/column-generation.js'
import type { PackingState } from '../packing-state.js'
import { realisePacking } from '../realisation.js'

/**
 * Gives the patterns of a solution to nodes, to each the one that keeps most of what runs there, and trims what they supply beyond
 * what is wanted. null when held copies or devices stand in the way.
 */
export function seatPatterns(instance: Instance, { patterns }: PatternSolution): PackingState | null {
  const stays = new Uint8Array(instance.copies.length)
  const contents = new Map<number, Int32Array>()
  for (const [kind, nodes] of groupByKind(instance).entries()) {
    const wanted = patterns.flatMap(({ pattern, nodes: count }) =>
      pattern.kind === kind ? Array.from({ length: count }, () => pattern.counts) : []
    )
    if (wanted.length > 0) matchByOverlap(instance, nodes, wanted, contents)
  }
  trimExcess(instance, contents)
  const arrivals: Arrival[] = []
  for (const [node, counts] of contents) {
    const left = counts.slice()
    for (const copy of stayOrder(instance, instance.nodes[node] as InstanceNode)) {
      const { deployment } = copy
      if ((left[deployment] as number) === 0) continue
      left[deployment] = (left[deployment] as number) - 1
      stays[copy.index] = 1
    }
    for (const [deployment, count] of left.entries()) {
      for (let number = 0; number < count; number++) arrivals.push({ deployment, node })
    }
  }
  if (instance.copies.some(({ index, hold, state }) => hold !== 'none' && state !== 'draining' && stays[index] === 0))
    return null
  return realisePacking(instance, { stays, arrivals })
}

/** Pairs patterns and nodes greedily by the move cost that staying copies save; held copies weigh most. */
function matchByOverlap(
  instance: Instance,
  nodes: readonly InstanceNode[],
  patterns: readonly Int32Array[],
  contents: Map<number, Int32Array>
): void {
  const pairs: { node: number; pattern: number; overlap: number }[] = []
  const idle: number[] = []
  for (const node of nodes) {
    const staying = stayOrder(instance, node)
    if (staying.length === 0) idle.push(node.index)
    for (const [pattern, counts] of staying.length === 0 ? [] : patterns.entries()) {
      const left = counts.slice()
      let overlap = 0
      for (const { deployment, moveCost, hold } of staying) {
        if ((left[deployment] as number) === 0) continue
        left[deployment] = (left[deployment] as number) - 1
        overlap += moveCost + (hold === 'none' ? 0 : 1e6)
      }
      pairs.push({ node: node.index, pattern, overlap })
    }
  }
  pairs.sort((left, right) => right.overlap - left.overlap || left.node - right.node || left.pattern - right.pattern)
  const taken = new Set<number>()
  for (const { node, pattern } of pairs) {
    if (contents.has(node) || taken.has(pattern)) continue
    contents.set(node, (patterns[pattern] as Int32Array).slice())
    taken.add(pattern)
  }
  for (const [pattern, counts] of patterns.entries()) {
    if (taken.has(pattern)) continue
    const node = idle.pop()
    if (node !== undefined) contents.set(node, counts.slice())
  }
}

/** Takes away copies beyond those wanted, where nobody would have to move for it if possible. */
function trimExcess(instance: Instance, contents: ReadonlyMap<number, Int32Array>): void {
  for (const { index, desired } of instance.deployments as readonly InstanceDeployment[]) {
    let excess = -desired
    for (const counts of contents.values()) excess += counts[index] as number
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
