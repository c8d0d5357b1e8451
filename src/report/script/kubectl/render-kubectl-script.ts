import { isWait } from '../../../../models/checker/starts.js'
import { describeValue } from '../../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../../models/contract/input-issues.js'
import { InputError, parseProblem } from '../../../../models/contract/parse.js'
import type { Step } from '../../../../models/contract/plan.js'
import type { Problem, ProblemInput } from '../../../../models/contract/problem.js'
import type { Result } from '../../../../models/contract/result.js'
import type { Unchecked } from '../../../../models/contract/unchecked.js'
import { readOptions, TEXTS } from '../../../adapters/import-options.js'
import { parsePodId, parseWorkloadId } from '../../../adapters/kubernetes/objects/identities.js'
import { canBeNamed, isNamedMovable, isScaledKind } from '../../../adapters/kubernetes/objects/movable-kinds.js'
import { readSafe } from '../../../result/read-result.js'
import { indexFleet } from '../../cluster/fleet.js'
import { renderSteps } from '../render-steps.js'
import { kubectlCommands, type PodsBefore } from './kubectl-commands.js'
import { WorkloadCounts } from './workload-counts.js'

/** How a plan is written for kubectl. Everything may be left out. */
export interface KubectlScriptOptions {
  /** Kinds of custom controllers whose pods may be evicted, as the option of the import; none by default: plans that move others are refused. */
  readonly movableControllers?: readonly string[]
}

/**
 * A plan for a Kubernetes cluster as a POSIX shell script of kubectl commands, one step after another. `sh FILE` shows what would be
 * done, `sh FILE run` does it; what is done is kept in a file, and the script goes on from there. Throws InputError for what
 * `renderScript` refuses, for ids that are not those of `importKubernetes`, and for steps that kubectl cannot do: a pod of a StatefulSet
 * that is to start before its predecessor stops, and pods of kinds of which it is not known that they make them again.
 */
export function renderKubectlScript(
  givenProblem: Unchecked<ProblemInput>,
  givenResult: Unchecked<Result>,
  options: KubectlScriptOptions = {}
): string {
  const { movableControllers = [] } = readOptions(options, { movableControllers: TEXTS })
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
    const place = placeOf(issues, index, step, ownerOf(step), movableControllers)
    const [, kind] = place
    const isCustom = isNamedMovable(kind, movableControllers)
    const scaled = (by: 1 | -1) => counts.change(ownerOf(step), by)
    switch (step.action) {
      case 'start':
        if (isWait(cluster, step)) return ['serves', ...place, step.node]
        if ((step.expects?.host ?? null) === null) return ['come', ...place, step.node]
        if (isCustom || kind === 'statefulset') issues.push(unableToSurge(index, step.replica, kind))
        return ['come', ...place, step.node, ...scaled(1)]
      case 'shift':
        shifted.add(JSON.stringify([step.replica, step.from]))
        return ['serves', ...place, step.to]
      case 'drain': {
        const isSucceeded = shifted.has(JSON.stringify([step.replica, step.node]))
        const isSurplus = !isSucceeded && !comesBack.has(step.replica)
        if (isSurplus && isCustom) issues.push(unableToShrink(index, step.replica, kind))
        return ['leave', ...place, step.node, ...(isSucceeded || isSurplus ? scaled(-1) : [])]
      }
      case 'stop':
        return ['again', 'left', ...place, step.node]
    }
  }
  const performer = kubectlCommands(podsBefore(problem, result, ownerOf))
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
  owner: string,
  movableControllers: readonly string[]
): [namespace: string, kind: string, name: string, pod: string] {
  const workload = parseWorkloadId(owner)
  for (const node of step.action === 'shift' ? [step.from, step.to] : [step.node])
    checkName(issues, index, 'node', node)
  if (workload === null || !(isScaledKind(workload.kind) || isNamedMovable(workload.kind, movableControllers))) {
    const remedy = 'name its kind in the option movableControllers (--movable-controller), as in that of the import'
    issues.push({
      path: `plan.steps[${index}].deployment`,
      found: describeValue(owner),
      expected:
        'a Deployment, ReplicaSet, ReplicationController or StatefulSet as <namespace>/<kind>/<name>, which makes pods again',
      ...(workload !== null && canBeNamed(workload.kind) ? { hint: `if it makes evicted pods anew, ${remedy}` } : {})
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

/** What Kubernetes takes as a name; a shell has nothing to read in it. */
function checkName(issues: InputIssue[], index: number, key: string, value: string): void {
  if (/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(value)) return
  issues.push({
    path: `plan.steps[${index}].${key}`,
    found: describeValue(value),
    expected: 'a name of Kubernetes: small letters, digits, - and .'
  })
}

function unableToSurge(index: number, replica: string, kind: string): InputIssue {
  const why =
    kind === 'statefulset' ? 'a StatefulSet never runs a pod twice' : `how many pods a ${kind} has is its own to say`
  return {
    path: `plan.steps[${index}]`,
    found: `a start of ${replica} before it stops`,
    expected: `a stop before the start, as ${why}`,
    hint: 'allow the rung stop-first and give the deployment a maxUnavailable of at least 1'
  }
}

function unableToShrink(index: number, replica: string, kind: string): InputIssue {
  return {
    path: `plan.steps[${index}]`,
    found: `an end of ${replica} without another in its place`,
    expected: `as many pods as before, as how many a ${kind} has is its own to say`
  }
}

/** The pods of the workloads of which new ones come: one that waits may be what a step waits for, and one that has a node is not. */
function podsBefore({ replicas }: Problem, { plan }: Result, ownerOf: (step: Step) => string): PodsBefore {
  const growing = new Set(plan.steps.flatMap((step) => (step.action === 'start' ? [ownerOf(step)] : [])))
  const listed = replicas.filter(({ id, deployment }) => growing.has(deployment) && /^[\w./-]+$/.test(id))
  const idsOf = (isPlaced: boolean) => listed.flatMap(({ id, node }) => ((node !== null) === isPlaced ? [id] : []))
  return { placed: idsOf(true), waiting: idsOf(false) }
}
