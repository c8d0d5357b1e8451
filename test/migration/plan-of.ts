import { verifyPlacement } from '../../models/checker/verify-placement.js'
import { verifyPlan } from '../../models/checker/verify-plan.js'
import { parseProblem } from '../../models/contract/parse.js'
import type { Step } from '../../models/contract/plan.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import { compileInstance } from '../../models/instance/compile.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Newcomer, Place, Target } from '../../models/instance/packing.js'
import { type Sequence, sequenceMigration } from '../../src/migration/sequence.js'
import { wrapSequence } from './wrap-sequence.js'

/** A place by name: the node, and the devices of the first device resource. null: stopped. */
export type NamedPlace = string | readonly [string, readonly number[]] | null

export interface PlanOf extends Sequence {
  readonly instance: Instance
  /** What the independent checker finds wrong. */
  readonly violations: readonly string[]
  /** The steps of an action, as `replica@node`. */
  readonly list: (action: Step['action']) => string[]
  readonly step: (id: string) => Step
  /** Whether one step has ended before another begins, in every order. */
  readonly precedes: (before: string, later: string) => boolean
  /** Where a replica is in the end. */
  readonly endOf: (replica: string) => NamedPlace | undefined
}

/** Sequences a small problem. Replicas that `places` does not name stay where they are; pending ones must be named. */
export function planOf(
  input: Omit<ProblemInput, 'schemaVersion'>,
  places: Readonly<Record<string, NamedPlace>>,
  newReplicas: Readonly<Record<string, readonly [deployment: string, place: NamedPlace]>> = {}
): PlanOf {
  const problem = parseProblem({ schemaVersion: 1, ...input })
  const instance = compileInstance(problem)
  const sequence = sequenceMigration(instance, targetOf(instance, places, newReplicas))
  const result = wrapSequence(problem, instance, sequence)
  const steps = new Map(sequence.plan.steps.map((step) => [step.id, step]))
  const named = new Map<string, NamedPlace>()
  for (const { replica, node, devices } of result.placement)
    named.set(replica, devices?.gpu === undefined ? node : [node, devices.gpu])
  const step = (id: string): Step => {
    const found = steps.get(id)
    if (found === undefined) throw new Error(`no step ${id} among ${[...steps.keys()].join(', ')}`)
    return found
  }
  const precedes = (before: string, later: string): boolean =>
    step(later).after.some((id) => id === step(before).id || precedes(before, id))
  return {
    ...sequence,
    instance,
    violations: [...verifyPlacement(problem, result), ...verifyPlan(problem, result)].map(
      ({ code, message }) => `${code}: ${message}`
    ),
    list: (action) =>
      sequence.plan.steps.flatMap((each) => {
        if (each.action !== action) return []
        const node = 'node' in each ? each.node : `${each.from}->${each.to}`
        return ['replica' in each ? `${each.replica}@${node}` : node]
      }),
    step,
    precedes,
    endOf: (replica) => named.get(replica)
  }
}

function targetOf(
  instance: Instance,
  places: Readonly<Record<string, NamedPlace>>,
  newReplicas: Readonly<Record<string, readonly [string, NamedPlace]>>
): Target {
  const nodes = new Map(instance.nodes.map(({ id, index }) => [id, index]))
  const none = instance.deviceResources.map(() => [])
  const placeOf = (place: NamedPlace): Place | null => {
    if (place === null) return null
    const [node, devices] = typeof place === 'string' ? [place, undefined] : place
    const index = nodes.get(node)
    if (index === undefined) throw new Error(`unknown node ${node}`)
    return { node: index, devices: devices === undefined ? none : [devices] }
  }
  const newcomers: Newcomer[] = []
  const add = (id: string, deployment: string, place: NamedPlace) => {
    const there = placeOf(place)
    const index = instance.deployments.findIndex((candidate) => candidate.id === deployment)
    if (there !== null) newcomers.push({ id, deployment: index, ...there })
  }
  for (const { id, node, deployment } of instance.problem.replicas) {
    if (node === null && Object.hasOwn(places, id)) add(id, deployment, places[id] as NamedPlace)
  }
  for (const [id, [deployment, place]] of Object.entries(newReplicas)) add(id, deployment, place)
  return {
    copies: instance.copies.map(({ id, node, devices, state }) => {
      if (Object.hasOwn(places, id)) return placeOf(places[id] as NamedPlace)
      return state === 'draining' ? null : { node, devices }
    }),
    newcomers,
    headroom: [],
    unplaced: []
  }
}
