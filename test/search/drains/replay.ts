import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { applyDrain, residents, serveTargets, worldOf } from './serve-model.js'

/** The nodes that a plan drains, in order: those whose cordon starts of replicas wait for. */
export function drainedNodes({ plan }: Pick<Result, 'plan'>): string[] {
  const awaited = new Set(plan.steps.flatMap(({ action, after }) => (action === 'start' ? after : [])))
  return plan.steps.flatMap((step) => (step.action === 'cordon' && awaited.has(step.id) ? [step.node] : []))
}

/** What is wrong with a plan as a sequence of drains, where nothing is pending or leaving: empty when Serve would do the very same. */
export function replay(problem: Problem, result: Result): string[] {
  const faults: string[] = []
  let world = worldOf(problem)
  const { steps } = result.plan
  let released: string | undefined
  for (const node of drainedNodes(result)) {
    const cordon = steps.find((step) => step.action === 'cordon' && step.node === node)
    if (released !== undefined && cordon?.after.includes(released) !== true)
      faults.push(`${node} does not wait for the one before`)
    const moving = residents(world, node)
    const targets = serveTargets(world, node)
    if (targets === null) return [...faults, `${node} cannot be drained`]
    for (const replica of moving) {
      const shift = steps.find((step) => step.action === 'shift' && step.replica === replica && step.from === node)
      if (shift?.action !== 'shift' || shift.to !== targets.get(replica))
        faults.push(`${replica} goes from ${node} to ${targets.get(replica)}, not as the plan says`)
    }
    world = applyDrain(world, node, targets)
    released = steps.find((step) => step.action === 'release' && step.node === node)?.id
  }
  for (const { replica, node } of result.placement)
    if (world.home.get(replica) !== node) faults.push(`${replica} ends on ${world.home.get(replica)}, not on ${node}`)
  return faults
}
