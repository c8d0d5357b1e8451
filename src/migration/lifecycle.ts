import type { Instance } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import type { StepGraph } from './step-graph.js'
import { emptyNodes } from './worth.js'

/** Nodes that a plan gives back: the Problem's, and those that it had only rented. */
export interface ReturnedNodes {
  readonly released: readonly number[]
  readonly rented: readonly number[]
}

/**
 * Adds what happens to nodes: bought and rented ones are provided before the first start there, rented ones released after the last stop; every node of the Problem that may be
 * given back and hosts nothing in the end is cordoned (its owner's cordon counts) and released.
 *
 * The cordon comes before the first move off the node and the starts that replace its copies; where the plan uses the node
 * in passing, after the last start there. `isMeant`: of which nodes; all by default.
 */
export function addLifecycle(
  instance: Instance,
  target: Target,
  graph: StepGraph,
  isMeant: (node: number) => boolean = () => true
): ReturnedNodes {
  const empty = emptyNodes(instance, target)
  const moves = [...graph.steps.keys()]
  const stepsAt = instance.nodes.map(() => ({ starts: [] as number[], stops: [] as number[], off: [] as number[] }))
  const draining = new Set(instance.copies.flatMap(({ id, state }) => (state === 'draining' ? [id] : [])))
  const startOf = new Map<string, number>()
  for (const index of moves) {
    const { action, node, from, replica } = graph.steps[index] as (typeof graph.steps)[number]
    const here = stepsAt[node]
    if (action === 'start') {
      here?.starts.push(index)
      startOf.set(replica, index)
    }
    if (action === 'drain' || (action === 'stop' && !draining.has(replica))) here?.off.push(index)
    if (action === 'stop') here?.stops.push(index)
    if (action === 'shift') stepsAt[from]?.off.push(startOf.get(replica) as number)
  }
  const released: number[] = []
  const rented: number[] = []
  for (const { index: node, purchase, releasable } of instance.nodes) {
    const { starts, stops, off } = stepsAt[node] as (typeof stepsAt)[number]
    if (purchase >= 0) {
      if (empty[node] === 1 && starts.length === 0) continue
      const seconds = instance.problem.nodeTypes[purchase]?.provisionSeconds ?? 0
      const provision = graph.add({ action: 'provision', node, seconds })
      for (const start of starts) graph.wait(start, provision)
      if (empty[node] === 0) continue
      rented.push(node)
      graph.add({ action: 'release', node, after: new Set([provision, ...stops]) })
      continue
    }
    if (empty[node] === 0 || !releasable || !isMeant(node)) continue
    released.push(node)
    const after = new Set(stops)
    if (instance.problem.nodes[node]?.acceptsReplicas === true) {
      const cordon = graph.add({ action: 'cordon', node, after: new Set(starts) })
      if (starts.length === 0) for (const step of off) graph.wait(step, cordon)
      after.add(cordon)
    }
    graph.add({ action: 'release', node, after })
  }
  return { released, rented }
}
