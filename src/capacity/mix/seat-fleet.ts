import type { PlacementInput } from '../../../models/contract/placement.js'
import type { Problem } from '../../../models/contract/problem.js'
import { compileInstance } from '../../../models/instance/compile.js'
import { describeTarget } from '../../../models/instance/describe-target.js'
import type { Instance } from '../../../models/instance/instance.js'
import { nameReplicas } from '../../search/name-replicas.js'
import { seatPatterns } from '../../search/patterns/seat-patterns.js'
import type { PatternSolution, SeatedPattern } from '../../solvers/patterns/pattern.js'
import type { Fleet } from '../fleet/fleet.js'

/** Nodes of each type that a solution buys. */
export function boughtTypes(
  { instance, kinds, problem: _ }: Fleet,
  { patterns }: PatternSolution
): Map<string, number> {
  const wanted = new Map<number, number>()
  for (const { pattern, nodes } of patterns) wanted.set(pattern.kind, (wanted.get(pattern.kind) ?? 0) + nodes)
  const bought = new Map<string, number>()
  for (const { kind, purchase } of instance.nodes.slice(instance.listedNodes)) {
    const { type } = instance.problem.nodeTypes[purchase] as Problem['nodeTypes'][number]
    // Of types that nothing tells apart the first is bought.
    const nodes = wanted.get(kind) ?? 0
    wanted.set(kind, 0)
    if (nodes > 0) bought.set(type, Math.min(nodes, kinds[kind]?.offered ?? 0))
  }
  return bought
}

/**
 * A solution as a placement: its patterns on nodes of the same kind, those that run there already where they can be. null where what
 * is held, or devices, stand in the way.
 *
 * @param problem That of the moment, with as many nodes on offer as the solution buys.
 */
export function seatFleet(fleet: Fleet, problem: Problem, solution: PatternSolution): PlacementInput | null {
  const instance = compileInstance(problem)
  const patterns = translateKinds(fleet, instance, solution.patterns)
  const mergedOf = Int32Array.from(instance.deployments, (_, index) => index)
  const state = patterns && seatPatterns(instance, { cost: solution.cost, patterns }, { instance, mergedOf })
  if (state === null) return null
  const { placement, newNodes, headroom, assumedDevices } = describeTarget(instance, nameReplicas(state))
  return { schemaVersion: 1, placement, newNodes, headroom, assumedDevices }
}

/** The same patterns in the kinds of another instance, in which what runs on nodes may tell some of them apart. */
function translateKinds(fleet: Fleet, instance: Instance, patterns: readonly SeatedPattern[]): SeatedPattern[] | null {
  const room = new Map<number, { kind: number; nodes: number }[]>()
  for (const [index, node] of instance.nodes.entries()) {
    const kind =
      index < instance.listedNodes
        ? fleet.instance.nodes[index]?.kind
        : fleet.instance.nodes.find(
            ({ purchase }) => typeOf(fleet.instance, purchase) === typeOf(instance, node.purchase)
          )?.kind
    if (kind === undefined) return null
    const kinds = room.get(kind) ?? []
    const known = kinds.find((one) => one.kind === node.kind)
    if (known === undefined) kinds.push({ kind: node.kind, nodes: 1 })
    else known.nodes++
    room.set(kind, kinds)
  }
  const translated: SeatedPattern[] = []
  for (const { pattern, nodes } of patterns) {
    let left = nodes
    for (const there of room.get(pattern.kind) ?? []) {
      const taken = Math.min(left, there.nodes)
      there.nodes -= taken
      left -= taken
      if (taken > 0) translated.push({ pattern: { ...pattern, kind: there.kind }, nodes: taken })
    }
    if (left > 0) return null
  }
  return translated
}

function typeOf({ problem }: Instance, purchase: number): string | undefined {
  return purchase < 0 ? undefined : problem.nodeTypes[purchase]?.type
}
