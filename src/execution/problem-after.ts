import { parseProblem, parseResult } from '../../models/contract/parse.js'
import type { Step } from '../../models/contract/plan.js'
import type { Problem, ProblemInput, Replica } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { Unchecked } from '../../models/contract/unchecked.js'
import { groupBy } from '../../models/grouping.js'
import { expectMadeFor } from '../result/read-result.js'
import { type PlanProgress, readProgress } from './plan-progress.js'
import type { ExecutionReport } from './report.js'

/** A copy as it goes through the steps of a plan. */
interface Copy {
  readonly replica: string
  readonly node: string
  readonly devices: Replica['devices']
  state: Replica['state']
  readonly listed: Replica | undefined
  readonly deployment: string
}

/**
 * The Problem as it stands when a plan has been carried out so far: to plan again, from the middle or from the end. `progress`: the
 * report of an execution, or the ids of the steps that have ended and begun; left out: all have ended.
 *
 * Copies in flight are there as the contract has them: a new copy that is not ready yet is `starting`, one that is being drained
 * `draining`, and while both exist the new one `replaces` the old one. One of them then has an id of its own, such as `web-0~2`:
 * who drives the cluster knows a copy by its node and the id before `~`. Easier is to let an execution end what it has begun (`execute`
 * with the same journal and a signal that is aborted), and to plan again from its report.
 *
 * Nodes that were bought are among the nodes, and no more so many may be bought; nodes that were released or lost are gone, and
 * replicas of which nothing runs any more wait for a place. What the plan has cordoned is open: an executor that gives a plan up
 * reopens it. The budget is the Problem's, as before.
 *
 * Throws InputError for what is no Problem, for a Result of another one, for steps that the plan does not have, and where nothing is
 * left to plan: no replica runs any more, and none is wanted.
 */
export function problemAfter(
  problem: Unchecked<ProblemInput>,
  result: Result,
  progress: PlanProgress | ExecutionReport = {}
): Problem {
  const before = parseProblem(problem)
  const read = parseResult(result)
  expectMadeFor(before, read)
  const { steps } = read.plan
  const { ended: over, begun: under, lostNodes } = readProgress(read.plan, progress)
  const copies = new Map<string, Copy>()
  const keyOf = (replica: string, node: string) => JSON.stringify([replica, node])
  const assumed = new Map(read.assumedDevices.map(({ replica, devices }) => [replica, devices]))
  const listed = new Map(before.replicas.map((replica) => [replica.id, replica]))
  for (const replica of before.replicas) {
    const { id, node, state, deployment } = replica
    if (node === null) continue
    const devices = replica.devices ?? assumed.get(id)
    copies.set(keyOf(id, node), { replica: id, node, devices, state, listed: replica, deployment })
  }
  const deploymentOf = (step: Extract<Step, { readonly replica: string }>) =>
    listed.get(step.replica)?.deployment ?? step.deployment ?? ''
  const nodes = new Map(before.nodes.map((node) => [node.id, node]))
  const bought = new Map<string, number>()
  for (const step of steps) {
    const isOver = over.has(step.id)
    if (!isOver && !under.has(step.id)) continue
    if (step.action === 'start') {
      const key = keyOf(step.replica, step.node)
      const there = copies.get(key)
      if (there?.state === 'starting') there.state = isOver ? 'running' : 'starting'
      else {
        copies.set(key, {
          replica: step.replica,
          node: step.node,
          devices: step.devices,
          state: isOver ? 'running' : 'starting',
          listed: listed.get(step.replica),
          deployment: deploymentOf(step)
        })
      }
    } else if (step.action === 'drain') {
      const copy = copies.get(keyOf(step.replica, step.node))
      if (copy !== undefined) copy.state = 'draining'
    } else if (step.action === 'stop' && isOver) copies.delete(keyOf(step.replica, step.node))
    else if (step.action === 'release' && isOver) nodes.delete(step.node)
    else if (step.action === 'provision' && isOver) {
      const type = read.newNodes.find(({ id }) => id === step.node)?.type
      const offer = before.nodeTypes.find((candidate) => candidate.type === type)
      if (offer === undefined) continue
      const { capacity, costPerHour, labels } = offer
      const flags = { releasable: true, acceptsReplicas: true, mustEmpty: false }
      nodes.set(step.node, { id: step.node, type: offer.type, capacity, costPerHour, labels, ...flags })
      bought.set(offer.type, (bought.get(offer.type) ?? 0) + 1)
    }
  }
  for (const node of lostNodes) nodes.delete(node)
  for (const [key, { node }] of copies) if (!nodes.has(node)) copies.delete(key)
  const wanted = new Set(read.placement.map(({ replica }) => replica))
  return parseProblem({
    ...before,
    nodes: [...nodes.values()],
    nodeTypes: before.nodeTypes.map((type) => ({ ...type, maxNew: type.maxNew - (bought.get(type.type) ?? 0) })),
    deployments: before.deployments.map((deployment) => ({
      ...deployment,
      replicas: desiredOf(before, deployment.id)
    })),
    replicas: withoutTheGone([...describeCopies(copies.values(), listed), ...stillPending(before, copies, wanted)])
  })
}

/** How many replicas are wanted, whatever happens to be there at the moment. */
function desiredOf({ deployments, replicas }: Problem, id: string): number {
  const stated = deployments.find((deployment) => deployment.id === id)?.replicas
  return stated ?? replicas.filter(({ deployment, state }) => deployment === id && state !== 'draining').length
}

/**
 * The copies as replicas. Of several of one replica the first that is not draining keeps the name; the others are named after it, and
 * those that came later replace the one before.
 */
function describeCopies(copies: Iterable<Copy>, listed: ReadonlyMap<string, Replica>): ReplicaInput[] {
  const groups = groupBy(copies, ({ replica }) => replica)
  const taken = new Set([...listed.keys(), ...groups.keys()])
  const ids = new Map<Copy, string>()
  for (const [replica, group] of groups) {
    const heir = group.find(({ state }) => state !== 'draining') ?? group[0]
    for (const copy of group) {
      let id = replica
      for (let number = 2; copy !== heir && taken.has(id); number++) id = `${replica}~${number}`
      taken.add(id)
      ids.set(copy, id)
    }
  }
  return [...groups.values()].flatMap((group) =>
    group.map((copy, order) => {
      const { node, devices, state, listed: original, deployment } = copy
      const { movable, moveCost, gang, replaces } = original ?? {}
      const former = group[order - 1]
      const replaced = former === undefined ? replaces : ids.get(former)
      return {
        id: ids.get(copy) as string,
        deployment,
        node,
        state,
        ...(devices === undefined ? {} : { devices }),
        ...(movable === undefined ? {} : { movable }),
        ...(moveCost === undefined ? {} : { moveCost }),
        ...(gang === undefined ? {} : { gang }),
        ...(replaced === undefined ? {} : { replaces: replaced })
      }
    })
  )
}

type ReplicaInput = NonNullable<ProblemInput['replicas']>[number]

/** Nobody replaces what is gone. */
function withoutTheGone(replicas: readonly ReplicaInput[]): ReplicaInput[] {
  const present = new Set(replicas.map(({ id }) => id))
  return replicas.map(({ replaces, ...replica }) =>
    replaces === undefined || !present.has(replaces) ? replica : { ...replica, replaces }
  )
}

/** Replicas that wait for a node, still or again. */
function stillPending(
  { replicas }: Problem,
  copies: ReadonlyMap<string, Copy>,
  wanted: ReadonlySet<string>
): ReplicaInput[] {
  const placed = new Set([...copies.values()].map(({ replica }) => replica))
  const waits = ({ id, node, state }: Replica) =>
    !placed.has(id) && (node === null || (state !== 'draining' && wanted.has(id)))
  // What ran on devices, or was starting, does so no longer.
  return replicas.filter(waits).map(({ devices: _, state: __, gang: ___, ...replica }) => ({ ...replica, node: null }))
}
