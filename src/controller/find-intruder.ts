import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'

/**
 * Says that a replica has come to a node that a plan empties, and that the plan knows nothing of; null: none has. Nodes to which the plan
 * itself brings copies in passing are left out: clusters name copies as they like.
 */
export function findIntruder({ replicas }: Problem, { plan }: Result, now: Problem): string | null {
  const emptied = new Set(
    plan.steps.flatMap(({ action, ...step }) => (action === 'release' && 'node' in step ? [step.node] : []))
  )
  for (const step of plan.steps) if (step.action === 'start') emptied.delete(step.node)
  const known = new Set(replicas.map(({ id }) => id))
  for (const { id, node, state } of now.replicas) {
    if (node === null || !emptied.has(node) || known.has(id) || state === 'draining') continue
    return `${id} has come to ${node}, which is being emptied`
  }
  return null
}
