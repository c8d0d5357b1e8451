import type { Action, Plan, Step } from '../contract/plan.js'
import type { Cluster, ClusterDeployment } from './cluster.js'
import { deploymentOfEntry } from './placed-copies.js'
import { orderSteps, type Precedence } from './precedence.js'
import type { Report } from './violations.js'

export type StepOf<Kind extends Action> = Extract<Step, { action: Kind }>
/** A step on a node. */
export type NodeStep = StepOf<'cordon' | 'uncordon' | 'provision' | 'release'>

/** A plan whose every id is known and whose `after` has no circle. Steps are named by their index. */
export interface PlannedSteps {
  readonly plan: Plan
  readonly steps: readonly Step[]
  /** The indices that each step waits for. */
  readonly after: readonly (readonly number[])[]
  readonly precedence: Precedence
  readonly deploymentOf: ReadonlyMap<string, ClusterDeployment>
}

/** Reads the steps of a plan; undefined, and reported, when they make no sense together. */
export function readSteps(cluster: Cluster, plan: Plan, named: Named, report: Report): PlannedSteps | undefined {
  const { steps } = plan
  const indexOf = new Map<string, number>()
  let sound = true
  const refuse: Report = (...violation) => {
    sound = false
    report(...violation)
  }
  for (const [index, { id }] of steps.entries()) {
    if (indexOf.has(id)) refuse('reference', id, `two steps have the id ${id}`)
    indexOf.set(id, index)
  }
  const after = steps.map((step) =>
    step.after.flatMap((id) => {
      const earlier = indexOf.get(id)
      if (earlier === undefined) refuse('reference', step.id, `step ${step.id} waits for ${id}, which is no step`)
      return earlier ?? []
    })
  )
  for (const step of steps) {
    for (const id of nodesOf(step)) {
      if (!cluster.nodes.has(id)) refuse('reference', step.id, `step ${step.id}: there is no node ${id}`)
    }
  }
  const deploymentOf = readDeployments(cluster, steps, named, refuse)
  if (!sound) return undefined
  const precedence = orderSteps(after)
  if (precedence === undefined) {
    report('order', 'plan', 'the steps wait for each other in a circle')
    return undefined
  }
  return { plan, steps, after, precedence, deploymentOf }
}

/** The deployments that the placement gives to replicas that the Problem does not list. */
type Named = ReadonlyMap<string, string>

function readDeployments(cluster: Cluster, steps: readonly Step[], named: Named, refuse: Report) {
  const deployments = new Map<string, ClusterDeployment>()
  for (const step of steps) {
    if (!('replica' in step)) continue
    const known = deployments.get(step.replica)
    if (known !== undefined && (step.deployment ?? known.id) === known.id) continue
    const deployment = deploymentOfEntry(
      cluster,
      { replica: step.replica, deployment: step.deployment ?? named.get(step.replica) },
      refuse
    )
    if (known !== undefined && known !== deployment) {
      refuse('reference', step.id, `step ${step.id}: ${step.replica} is of deployment ${known.id} elsewhere`)
    }
    if (deployment !== undefined) deployments.set(step.replica, deployment)
  }
  return deployments
}

function nodesOf(step: Step): readonly string[] {
  return step.action === 'shift' ? [step.from, step.to] : [step.node]
}
