import { type Cluster, devicesOf, NOWHERE, nodeOf, nth } from '../../benchmarks/sequencing/cluster.mjs'
import type { Leg } from '../../benchmarks/sequencing/reach.mjs'
import { verifyPlan } from '../../models/checker/verify-plan.js'
import { parsePlacement, parseProblem } from '../../models/contract/parse.js'
import type { Plan, Step } from '../../models/contract/plan.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import { compileInstance } from '../../models/instance/compile.js'
import type { Target } from '../../models/instance/packing.js'
import { adoptPlacement } from '../../src/result/adopt-placement.js'
import { readTarget } from '../../src/result/read-target.js'
import { wrapSequence } from './wrap-sequence.js'

/** Legs one after the other, as steps that each wait for the one before. */
function stepsOf({ replicas, nodes, deployments }: Cluster, legs: readonly Leg[]): Step[] {
  const steps: Step[] = []
  const places = replicas.map(({ home }) => home)
  let now = 0
  const add = (step: Record<string, unknown>, seconds = 0) => {
    const id = `s${steps.length}`
    const after = steps.length === 0 ? [] : [`s${steps.length - 1}`]
    steps.push({ ...step, id, after, startSeconds: now, endSeconds: now + seconds } as Step)
    now += seconds
  }
  const nameOf = (place: number) => nth(nodes, nodeOf(place)).id
  for (const { replica: index, place } of legs) {
    const { id: replica, deployment } = nth(replicas, index)
    const { startupSeconds, drainSeconds } = nth(deployments, deployment)
    const from = nth(places, index)
    places[index] = place
    if (place !== NOWHERE) {
      const gpu = [...Array(8).keys()].filter((device) => ((devicesOf(place) >> device) & 1) === 1)
      const devices = gpu.length === 0 ? {} : { devices: { gpu } }
      add({ action: 'start', replica, node: nameOf(place), ...devices }, startupSeconds)
      if (from !== NOWHERE) add({ action: 'shift', replica, from: nameOf(from), to: nameOf(place) })
    }
    if (from === NOWHERE) continue
    add({ action: 'drain', replica, node: nameOf(from) }, drainSeconds)
    add({ action: 'stop', replica, node: nameOf(from) })
  }
  return steps
}

/**
 * What the independent checker finds wrong with the legs of a search, or of a random walk. That emptied nodes are given back is not asked
 * of them, nor that replicas have their best names.
 */
export function violationsOfLegs(input: ProblemInput, cluster: Cluster, legs: readonly Leg[]): string[] {
  const places = cluster.replicas.map(({ home }) => home)
  for (const { replica, place } of legs) places[replica] = place
  const ends = cluster.replicas.flatMap(({ index, id }) => {
    const place = nth(places, index)
    if (place === NOWHERE) return []
    const gpu = [...Array(8).keys()].filter((device) => ((devicesOf(place) >> device) & 1) === 1)
    const devices = gpu.length === 0 ? {} : { devices: { gpu } }
    return [{ replica: id, node: nth(cluster.nodes, nodeOf(place)).id, ...devices }]
  })
  const problem = parseProblem(input)
  const placement = parsePlacement({ schemaVersion: 1, placement: ends })
  const instance = adoptPlacement(compileInstance(problem), placement)
  const target: Target = readTarget(instance, placement)
  const steps = stepsOf(cluster, legs)
  const plan: Plan = { status: 'complete', steps, makespanSeconds: steps.at(-1)?.endSeconds ?? 0 }
  const cut = { moves: [], nodes: [] }
  const sequence = { target, plan, cut, rungs: [], releasedNodes: [], rentedNodes: [], migrations: 0, moveCost: 0 }
  return verifyPlan(problem, wrapSequence(problem, instance, sequence)).flatMap(({ code, message }) =>
    code === 'release' ? [] : [`${code}: ${message}`]
  )
}
