import { isWait } from '../../../../models/checker/starts.js'
import { describeValue } from '../../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../../models/contract/input-issues.js'
import { InputError, parseProblem } from '../../../../models/contract/parse.js'
import type { Step } from '../../../../models/contract/plan.js'
import type { Problem, ProblemInput } from '../../../../models/contract/problem.js'
import type { Result } from '../../../../models/contract/result.js'
import type { Unchecked } from '../../../../models/contract/unchecked.js'
import { parsePodId, parseWorkloadId } from '../../../adapters/kubernetes/objects/identities.js'
import { readSafe } from '../../../result/read-result.js'
import { indexFleet } from '../../cluster/fleet.js'
import { renderSteps } from '../render-steps.js'
import { kubectlCommands } from './kubectl-commands.js'
import { WorkloadCounts } from './workload-counts.js'

/**
 * A plan for a Kubernetes cluster as a POSIX shell script of kubectl commands, one step after another. `sh FILE` shows what would be
 * done, `sh FILE run` does it; what is done is kept in a file, and the script goes on from there. Throws InputError for what
 * `renderScript` refuses, for ids that are not those of `importKubernetes`, and for steps that kubectl cannot do: a pod of a StatefulSet
 * that is to start before its predecessor stops, and pods that no Deployment, ReplicaSet or StatefulSet would make again.
 */
export function renderKubectlScript(givenProblem: Unchecked<ProblemInput>, givenResult: Unchecked<Result>): string {
  const problem = parseProblem(givenProblem)
  const result = readSafe(problem, givenResult)
  const { cluster, deploymentOf } = indexFleet(problem, result)
  const ownerOf = (step: Step) => ('replica' in step ? (deploymentOf(step.replica, step.deployment)?.id ?? '') : '')
  const issues: InputIssue[] = []
  const counts = new WorkloadCounts(problem)
  /** Copies, by replica and node, from which another one has taken over. */
  const shifted = new Set<string>()
  const comesBack = new Set(
    result.plan.steps.flatMap((step) => (step.action === 'start' && step.expects?.host === null ? [step.replica] : []))
  )
  const wordsOf = (step: Step, index: number): string[] => {
    if (!('replica' in step)) {
      checkName(issues, index, 'node', step.node)
      if (step.action === 'provision') return ['get_node', step.node, step.type ?? 'any']
      return [NODE_VERBS[step.action], step.node]
    }
    const place = placeOf(issues, index, step, ownerOf(step))
    const scaled = (by: 1 | -1) => counts.change(ownerOf(step), by)
    switch (step.action) {
      case 'start':
        if (isWait(cluster, step)) return ['serves', ...place, step.node]
        if ((step.expects?.host ?? null) === null) return ['come', ...place, step.node]
        if (place[1] === 'statefulset') issues.push(unableToSurge(index, step.replica))
        return ['come', ...place, step.node, ...scaled(1)]
      case 'shift':
        shifted.add(JSON.stringify([step.replica, step.from]))
        return ['serves', ...place, step.to]
      case 'drain': {
        const isSucceeded = shifted.has(JSON.stringify([step.replica, step.node]))
        const isSurplus = !isSucceeded && !comesBack.has(step.replica)
        return ['leave', ...place, step.node, ...(isSucceeded || isSurplus ? scaled(-1) : [])]
      }
      case 'stop':
        return ['again', 'left', ...place, step.node]
    }
  }
  const performer = kubectlCommands(knownPods(problem, result, ownerOf))
  const script = renderSteps({ problem, result, cluster, ownerOf, wordsOf, performer })
  if (issues.length > 0) throw new InputError('result', issues)
  return script
}

const NODE_VERBS = { cordon: 'close', uncordon: 'open', release: 'give_back' } as const

/** Namespace, kind, name of the workload, and the pod that the replica was or would be. */
function placeOf(
  issues: InputIssue[],
  index: number,
  step: Extract<Step, { readonly replica: string }>,
  owner: string
): [namespace: string, kind: string, name: string, pod: string] {
  const workload = parseWorkloadId(owner)
  for (const node of step.action === 'shift' ? [step.from, step.to] : [step.node])
    checkName(issues, index, 'node', node)
  if (workload === null || !SCALED.has(workload.kind)) {
    issues.push({
      path: `plan.steps[${index}].deployment`,
      found: describeValue(owner),
      expected: 'a Deployment, ReplicaSet or StatefulSet as <namespace>/<kind>/<name>, which makes pods again'
    })
  }
  const { namespace = '', kind = '', name = '' } = workload ?? {}
  // What is no pod yet has a name of the plan's.
  const pod = parsePodId(step.replica)?.name ?? step.replica.replaceAll('/', '.')
  for (const [key, value] of Object.entries({ deployment: `${namespace}.${name}`, replica: pod })) {
    checkName(issues, index, key, value)
  }
  return [namespace, kind, name, pod]
}

const SCALED: ReadonlySet<string> = new Set(['deployment', 'replicaset', 'statefulset'])

/** What Kubernetes takes as a name; a shell has nothing to read in it. */
function checkName(issues: InputIssue[], index: number, key: string, value: string): void {
  if (/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(value)) return
  issues.push({
    path: `plan.steps[${index}].${key}`,
    found: describeValue(value),
    expected: 'a name of Kubernetes: small letters, digits, - and .'
  })
}

function unableToSurge(index: number, replica: string): InputIssue {
  return {
    path: `plan.steps[${index}]`,
    found: `a start of ${replica} before it stops`,
    expected: 'a stop before the start, as a StatefulSet never runs a pod twice',
    hint: 'allow the rung stop-first and give the deployment a maxUnavailable of at least 1'
  }
}

/** The pods that are there already, of the workloads of which new ones come. */
function knownPods({ replicas }: Problem, { plan }: Result, ownerOf: (step: Step) => string): string[] {
  const growing = new Set(plan.steps.flatMap((step) => (step.action === 'start' ? [ownerOf(step)] : [])))
  return replicas.flatMap(({ id, deployment }) => (growing.has(deployment) && /^[\w./-]+$/.test(id) ? [id] : []))
}
