import type { Problem } from '../../models/contract/problem.js'
import type { Circumstances } from './planning.js'

/**
 * Which steps are worth a plan of their own: all but those that wait for copies that somebody else starts or drains. Of deployments in which
 * nothing is under way a copy that drains for ever is one that nobody else ends.
 */
export function findsWork({ replicas }: Problem, inFlight: ReadonlySet<string>): Circumstances['isWork'] {
  const waits = new Set<string>()
  for (const { id, state, deployment } of replicas) {
    if (state !== 'running' && inFlight.has(deployment)) waits.add(id)
    if (state === 'starting') waits.add(id)
  }
  return (step) => !('replica' in step) || !waits.has(step.replica)
}
