import type { Plan, Step } from '../contract/plan.js'
import type { Replica } from '../contract/problem.js'
import { type Cluster, type Copy, matchesSelector } from './cluster.js'
import type { Report } from './violations.js'

/** Whether the node of a copy may take it newly: by the selector of its deployment and the word of its owner. */
export function checkStart({ deployment, node }: Copy, subject: string, report: Report): void {
  if (!matchesSelector(node, deployment.options.nodeSelector)) {
    report('selector', subject, `${subject}: the selector of ${deployment.id} does not admit ${node.id}`)
  }
  if (!node.acceptsReplicas) report('closed-node', subject, `${subject}: ${node.id} accepts no replicas`)
}

type StartStep = Extract<Step, { action: 'start' }>

/** Whether a start only waits for a copy that is on its way already. */
export function isWait(cluster: Cluster, step: StartStep): boolean {
  const listed = cluster.replicas.get(step.replica)
  return listed?.state === 'starting' && listed.node === step.node
}

/** The replicas that run already and are started by the plan, once for each start: what counts against the budgets. */
export function restartedReplicas(cluster: Cluster, plan: Plan | undefined): Replica[] {
  return (plan?.steps ?? []).flatMap((step) => {
    const listed = step.action === 'start' && !isWait(cluster, step) ? cluster.replicas.get(step.replica) : undefined
    return listed === undefined || listed.node === null ? [] : [listed]
  })
}
