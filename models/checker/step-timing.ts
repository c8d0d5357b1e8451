import type { Step } from '../contract/plan.js'
import type { Cluster } from './cluster.js'
import type { PlannedSteps } from './planned-steps.js'
import { isWait } from './starts.js'
import { exceeds, isNear } from './tolerance.js'
import type { Report } from './violations.js'

/** The list is a valid order; times respect `after` and durations; the makespan is the last end, before the deadline. */
export function checkTiming(cluster: Cluster, planned: PlannedSteps, report: Report): void {
  const { plan, steps, after } = planned
  let end = 0
  for (const [index, step] of steps.entries()) {
    end = Math.max(end, step.endSeconds)
    const needed = step.startSeconds + durationOf(cluster, planned, step)
    if (exceeds(needed, step.endSeconds)) {
      const message = `${step.id}: lasts ${step.endSeconds - step.startSeconds} s, needs ${needed - step.startSeconds} s`
      report('timing', step.id, message, needed - step.endSeconds)
    }
    for (const earlier of after[index] ?? []) {
      const before = steps[earlier]
      if (earlier >= index)
        report('order', step.id, `${step.id} stands before ${before?.id} in the list, and waits for it`)
      if (before === undefined || !exceeds(before.endSeconds, step.startSeconds)) continue
      report('timing', step.id, `${step.id} begins before ${before.id} ends`, before.endSeconds - step.startSeconds)
    }
  }
  if (!isNear(plan.makespanSeconds, end)) {
    const message = `makespanSeconds is ${plan.makespanSeconds}, the last step ends at ${end}`
    report('timing', 'plan', message, Math.abs(plan.makespanSeconds - end))
  }
  if (plan.makespanBoundSeconds !== undefined && exceeds(plan.makespanBoundSeconds, plan.makespanSeconds)) {
    const message = `makespanBoundSeconds is ${plan.makespanBoundSeconds}, above the makespan of ${plan.makespanSeconds} s`
    report('timing', 'plan', message, plan.makespanBoundSeconds - plan.makespanSeconds)
  }
  const deadline = cluster.problem.migration.deadlineSeconds
  if (deadline !== null && exceeds(end, deadline)) {
    report('timing', 'plan', `the plan ends at ${end} s, after the deadline of ${deadline} s`, end - deadline)
  }
}

/** How long a step lasts at least, in seconds. */
function durationOf(cluster: Cluster, { deploymentOf }: PlannedSteps, step: Step): number {
  switch (step.action) {
    case 'start':
      return isWait(cluster, step) ? 0 : (deploymentOf.get(step.replica)?.options.startupSeconds ?? 0)
    case 'drain':
      return deploymentOf.get(step.replica)?.options.drainSeconds ?? 0
    case 'provision':
      return cluster.nodes.get(step.node)?.boughtAs?.provisionSeconds ?? 0
    default:
      return 0
  }
}
