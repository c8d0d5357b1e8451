import { parsePlacement } from '../../../models/contract/parse.js'
import { InputError } from '../../../models/contract/parse-value.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { compileInstance } from '../../../models/instance/compile.js'
import type { Instance, InstanceCopy } from '../../../models/instance/instance.js'
import { stateOf } from '../../plan-migration.js'
import { adoptPlacement } from '../../result/adopt-placement.js'
import { blockersOf } from '../../result/blockers.js'
import { readTarget } from '../../result/read-target.js'
import { reseat, withoutContents } from '../../search/clear-node.js'
import type { PackingState } from '../../search/packing-state.js'

/** What is looked at when changes are proposed: the Problem, what came of it, and what seems to be in the way. */
export interface Scene {
  /** free: a node is to be released. cheaper: the cluster is to cost less. feasible: there is to be an answer at all. */
  readonly aim: 'free' | 'cheaper' | 'feasible'
  readonly problem: Problem
  readonly instance: Instance
  /** null: nothing was found. */
  readonly result: Result | null
  /** Everything where it is in the end; null where nothing was found, or the end is not legal by itself. */
  readonly end: PackingState | null
  /** The index of the node that is to be freed; −1 where there is none. */
  readonly node: number
  /** Copies that are on that node now and in the end. */
  readonly residents: readonly InstanceCopy[]
  /** What is there in the end and has no place on the other active nodes, by deployment, as things are there. */
  readonly homeless: readonly number[]
  /** How much each limit seems in the way, by resource or path. */
  readonly suspects: ReadonlyMap<string, number>
  /** What was answered to the Problem as it is with the node to be empty, whatever it costs; null where that was not asked. */
  readonly emptied: Result | null
}

/** Nodes that are asked at most whether they could host what is there. */
const MOST_ASKED = 500

/** No more copies than this are ever anywhere at once: those that run, those that are wanted, and room that is kept. */
export function mostCopies({ copies, deployments }: Instance): number {
  return deployments.reduce((sum, { desired }) => sum + desired, copies.length)
}

/** Whether a rule spreads replicas over domains: where another node may host them, that may ask for more. */
export function hasSpread({ rules }: Problem): boolean {
  return rules.some(({ kind }) => kind === 'spread')
}

/** What is known before anything is solved of a node that is to be freed. */
export function nodeScene(problem: Problem, result: Result, id: string): Scene {
  const instance = adoptPlacement(compileInstance(problem), parsePlacement(result))
  const node = instance.nodes.findIndex((other) => other.id === id)
  const end = endOf(instance, result)
  const residents = instance.copies.filter((copy) => {
    return copy.node === node && copy.state !== 'draining' && (end === null || end.stays[copy.index] === 1)
  })
  const { homeless, suspects } = end === null ? NOTHING : askAround(end, node)
  return { aim: 'free', problem, instance, result, end, node, residents, homeless, suspects, emptied: null }
}

/** What is known of a Problem that has no answer: the parts that cannot hold together. */
export function conflictScene(problem: Problem, paths: readonly string[]): Scene {
  return { ...everywhere(problem, paths), aim: 'feasible' }
}

/** What is known of a whole cluster: what is said to be in the way. */
export function clusterScene(problem: Problem, result: Result, limits: readonly string[]): Scene {
  return { ...everywhere(problem, limits), aim: 'cheaper', result }
}

function everywhere(problem: Problem, paths: readonly string[]): Omit<Scene, 'aim'> {
  return {
    problem,
    instance: compileInstance(problem),
    result: null,
    end: null,
    node: -1,
    residents: [],
    homeless: [],
    suspects: new Map(paths.map((path) => [path, 1])),
    emptied: null
  }
}

const NOTHING = { homeless: [], suspects: new Map<string, number>() }

/** null where the end is legal only as part of a plan that could do no better. */
function endOf(instance: Instance, result: Result): PackingState | null {
  try {
    return stateOf(instance, readTarget(instance, parsePlacement(result)))
  } catch (error) {
    if (error instanceof InputError) return null
    throw error
  }
}

/** What keeps the contents of a node off the other active ones, and what of it finds no place there. */
function askAround(state: PackingState, node: number): Pick<Scene, 'homeless' | 'suspects'> {
  const { instance } = state
  return withoutContents(state, node, (contents) => {
    const others = instance.nodes.filter(({ index }) => index !== node && state.isActive(index)).slice(0, MOST_ASKED)
    const suspects = new Map<string, number>()
    for (const deployment of new Set(contents)) {
      for (const other of others) {
        const blockers = blockersOf(state, deployment, other.index)
        // What alone is in the way somewhere is worth more than what is one of many.
        for (const limit of blockers)
          suspects.set(limit, (suspects.get(limit) ?? 0) + 1 / (blockers.length ** 2 * others.length))
      }
    }
    const roomFor = (deployment: number) => others.find(({ index }) => state.admits(deployment, index))?.index
    return { homeless: [...reseat(state, contents, roomFor)], suspects }
  })
}
