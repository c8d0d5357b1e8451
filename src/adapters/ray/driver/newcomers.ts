import { StepError, type StepOf } from '../../../execution/driver.js'
import { type ClusterView, isAlive, type SeenReplica } from './cluster-view.js'
import type { DrainOutline } from './drain-outline.js'

/** The replicas of a deployment that have come since the plan was made, and are not leaving. */
export function newcomersOf(view: ClusterView, outline: DrainOutline, deployment: string): SeenReplica[] {
  return (view.replicas.get(deployment) ?? []).filter(({ id, state }) => state !== 'STOPPING' && !outline.isKnown(id))
}

/** Whether a start is accepted: so many newcomers as it makes are on its node. Throws StepError where it cannot be any more. */
export function hasArrived(view: ClusterView, outline: DrainOutline, step: StepOf<'start'>): boolean {
  const deployment = outline.deploymentOf(step)
  const target = outline.nodeIdOf(step.node)
  if (!isAlive(view, target)) throw new StepError('node-lost', `${step.node} is gone`, step.node)
  const newcomers = newcomersOf(view, outline, deployment)
  if (newcomers.filter(({ nodeId }) => nodeId === target).length >= outline.rankOf(step)) return true
  for (const { nodeId } of newcomers) {
    if (nodeId === null) continue
    const node = outline.nameOf(nodeId)
    const there = newcomers.filter((other) => other.nodeId === nodeId).length
    const planned = outline.expectedOn(deployment, node, step)
    if (there <= planned) continue
    const where = `${node}, where the plan has ${planned === 0 ? 'none' : `${planned} of them`}`
    throw new StepError('changed', `Serve started a replacement of ${deployment} on ${where}, and not on ${step.node}`)
  }
  return false
}

/** Whether all that the drain of a node moves has come to where the plan has it. A node of which nothing moves tells nothing. */
export function hasMovedAway(view: ClusterView, outline: DrainOutline, node: string): boolean {
  const arrivals = outline.arrivalsFrom(node)
  return (
    arrivals.length > 0 &&
    arrivals.every(({ deployment, node: target, rank }) => {
      const nodeId = outline.nodeIdOf(target)
      return newcomersOf(view, outline, deployment).filter((each) => each.nodeId === nodeId).length >= rank
    })
  )
}

/** Whether so many newcomers on the node of a start are RUNNING as it makes. */
export function isReady(view: ClusterView, outline: DrainOutline, step: StepOf<'start'>): boolean {
  const target = outline.nodeIdOf(step.node)
  if (!isAlive(view, target)) throw new StepError('node-lost', `${step.node} is gone`, step.node)
  const deployment = outline.deploymentOf(step)
  if (outline.isThere(step)) {
    const replica = (view.replicas.get(deployment) ?? []).find(({ id }) => id === step.replica)
    if (replica === undefined || replica.nodeId !== target) {
      throw new StepError('changed', `${step.replica} is no longer on ${step.node}`)
    }
    return replica.state === 'RUNNING'
  }
  const running = newcomersOf(view, outline, deployment).filter(
    ({ nodeId, state }) => nodeId === target && (state === 'RUNNING' || state === 'PENDING_MIGRATION')
  )
  return running.length >= outline.rankOf(step)
}

/** Whether the copy of a replica on a node is gone. Of newcomers, which have no names in the plan, all have to be. */
export function isGone(
  view: ClusterView,
  outline: DrainOutline,
  step: { readonly replica: string; readonly deployment?: string | undefined; readonly node: string }
): boolean {
  const nodeId = outline.nodeIdOf(step.node)
  const deployment = outline.deploymentOf(step)
  const here = (view.replicas.get(deployment) ?? []).filter((replica) => replica.nodeId === nodeId)
  if (outline.isThere(step)) return !here.some(({ id }) => id === step.replica)
  return !here.some(({ id }) => !outline.isKnown(id))
}
