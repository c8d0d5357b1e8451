import { parseProblem } from '../../../../models/contract/parse.js'
import type { ProblemInput } from '../../../../models/contract/problem.js'
import type { Result } from '../../../../models/contract/result.js'
import type { Unchecked } from '../../../../models/contract/unchecked.js'
import { compileInstance } from '../../../../models/instance/compile.js'
import type { Instance, InstanceCopy, InstanceNode } from '../../../../models/instance/instance.js'
import { nameDevices } from '../../../migration/assemble-plan.js'
import { adoptPlacement } from '../../../result/adopt-placement.js'
import { readSafe } from '../../../result/read-result.js'
import { resume } from '../../../search/drains/beam.js'
import { drainInOrder } from '../../../search/drains/drain-in-order.js'
import { drainOrders, sortByOrder } from '../../../search/drains/drain-orders.js'
import { drainMoveCosts, drainValues } from '../../../search/drains/drain-plan.js'
import { DrainState } from '../../../search/drains/drain-state.js'
import { type SettledStart, settleStart } from '../../../search/drains/settled-start.js'
import { appraise } from '../../../search/worth.js'
import { markSteps } from './mark-steps.js'
import type { DrainProjection, ProjectedDrain, UndrainedNode } from './projection.js'
import { Routes } from './routes.js'

/**
 * Projects a plan onto what stock Ray Serve can execute: the nodes that it empties, drained one after the other, as far as each can be, and
 * what Serve's own rule is predicted to make of that. Of several orders that one counts in which most is saved; a plan that was made for Ray
 * keeps its own. Throws InputError for what is no Problem or Result, for a Result of another Problem or without a placement, and
 * UnsafeResultError for one that the checker refuses.
 */
export function projectOntoDrains(
  givenProblem: Unchecked<ProblemInput>,
  givenResult: Unchecked<Result>
): DrainProjection {
  const problem = parseProblem(givenProblem)
  const result = readSafe(problem, givenResult)
  const { producer, ...placed } = result
  const instance = adoptPlacement(compileInstance(problem), { ...placed, ...(producer && { producer }) })
  const settled = settleStart(instance)
  // Draining changes the state: what is there at rest stays in the other one.
  const drained = new DrainState(settleStart(instance).state)
  const wanted = nodesToDrain(instance, settled, result)
  const values = drainValues(instance, drainMoveCosts(settled.state))
  if (settled.misplaced === null) drainMost(drained, wanted, values)
  const undrained = wanted.flatMap((node) => whyNot(instance, drained, node))
  const routes = new Routes(instance, result)
  const drains = drained.drains.map(({ node, moves }): ProjectedDrain => {
    const { id, mustEmpty } = instance.nodes[node] as InstanceNode
    return {
      node: id,
      reason: mustEmpty ? 'must-empty' : 'release',
      moves: moves.map(({ copy, to }) => {
        const { id: replica, deployment } = instance.copies[copy] as InstanceCopy
        const devices = nameDevices(instance, to.devices)
        const target = (instance.nodes[to.node] as InstanceNode).id
        const owner = instance.deployments[deployment]?.id ?? ''
        return {
          replica,
          deployment: owner,
          to: target,
          ...(devices && { devices }),
          isPlanned: routes.takes(owner, id, target)
        }
      })
    }
  })
  const idle = result.releasedNodes.filter((id) => settled.state.population[routes.indexOf(id)] === 0)
  const gone = new Set([...drains.map(({ node }) => node), ...idle])
  return {
    drains,
    idle,
    undrained,
    steps: markSteps({ result, instance, settled, drains, idle }),
    isSamePlacement: isSamePlacement(instance, settled, drained, result),
    isSameRelease: gone.size === result.releasedNodes.length && result.releasedNodes.every((id) => gone.has(id)),
    costPerHour: {
      now: result.initial.costPerHour,
      planned: result.objective?.costPerHour ?? result.initial.costPerHour,
      drained: appraise(drained.state).costPerHour,
      idle: idle.reduce((sum, id) => sum + (instance.nodes[routes.indexOf(id)] as InstanceNode).costPerHour, 0)
    }
  }
}

/** The nodes that a plan empties, in the order in which it gives them back. */
function nodesToDrain({ nodes }: Instance, { state }: SettledStart, { plan, placement }: Result): number[] {
  const indices = new Map(nodes.map(({ id, index }) => [id, index]))
  const hosts = new Set(placement.map(({ node }) => node))
  const released = plan.steps.flatMap((step) => (step.action === 'release' ? [step.node] : []))
  const emptied = nodes.filter(({ id, mustEmpty }) => mustEmpty && !hosts.has(id)).map(({ id }) => id)
  return [...new Set([...released, ...emptied])]
    .map((id) => indices.get(id) as number)
    .filter((node) => (state.population[node] as number) > 0)
}

/** Drains as many of some nodes as possible: in their own order, or in another one that saves more. */
function drainMost(drained: DrainState, wanted: readonly number[], values: Float64Array): void {
  let most = -Infinity
  let best: number[] = []
  const orders = drainOrders(drained.state, values).map((order) => sortByOrder(wanted, order))
  for (const order of [wanted, ...orders]) {
    for (const _ of drainInOrder(drained, order));
    const saved = drained.drains.reduce((sum, { node }) => sum + (values[node] as number), 0)
    if (saved > most + 1e-9) {
      most = saved
      best = drained.drains.map(({ node }) => node)
    }
    if (best.length === wanted.length) break
    drained.backTo(0)
  }
  resume(drained, best)
}

function whyNot(instance: Instance, drained: DrainState, node: number): UndrainedNode[] {
  if (drained.isDrained(node)) return []
  const refusal = drained.drain(node)
  const { id } = instance.nodes[node] as InstanceNode
  // Nothing is drained while Serve has not come to rest.
  if (refusal === null) {
    drained.undo()
    return [{ node: id, code: 'held', replicas: [] }]
  }
  const target = instance.nodes[refusal.target]?.id
  const replicas = refusal.copies.map((copy) => (instance.copies[copy] as InstanceCopy).id)
  return [{ node: id, code: refusal.code, replicas, ...(target !== undefined && { target }) }]
}

function isSamePlacement(
  instance: Instance,
  { target }: SettledStart,
  { drains }: DrainState,
  { placement }: Result
): boolean {
  const owners = new Map(instance.problem.replicas.map(({ id, deployment }) => [id, deployment]))
  const homes = target.copies.map((place) => place?.node)
  for (const { moves } of drains) for (const { copy, to } of moves) homes[copy] = to.node
  const nodeId = (node: number) => (instance.nodes[node] as InstanceNode).id
  const found = [
    ...homes.flatMap((node, copy) =>
      node === undefined ? [] : [[instance.deployments[instance.copies[copy]?.deployment as number]?.id, nodeId(node)]]
    ),
    ...target.newcomers.map(({ deployment, node }) => [instance.deployments[deployment]?.id, nodeId(node)])
  ]
  const planned = placement.map(({ replica, deployment, node }) => [deployment ?? owners.get(replica), node])
  const inOrder = (pairs: readonly unknown[]) =>
    pairs
      .map((pair) => JSON.stringify(pair))
      .sort()
      .join()
  return inOrder(found) === inOrder(planned)
}
