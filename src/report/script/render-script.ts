import { isWait } from '../../../models/checker/starts.js'
import { describeValue, formatPath } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError, parseProblem } from '../../../models/contract/parse.js'
import type { Step } from '../../../models/contract/plan.js'
import type { ProblemInput } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { readSafe } from '../../result/read-result.js'
import { indexFleet } from '../cluster/fleet.js'
import { driverCommand } from './driver-command.js'
import { renderSteps } from './render-steps.js'

/**
 * A plan as a POSIX shell script: its steps in the order of the list, each a call of a command that the user names, one after another.
 * It keeps a file of what is done and goes on from there. Nothing is written of a plan that is not safe: throws InputError for a
 * Result of another Problem, without a placement or that the checker refuses (then an UnsafeResultError), and where a name cannot stand in
 * a script: a shell has no place for a NUL, UTF-8 none for half of a surrogate pair.
 */
export function renderScript(givenProblem: Unchecked<ProblemInput>, givenResult: Unchecked<Result>): string {
  const problem = parseProblem(givenProblem)
  const result = readSafe(problem, givenResult)
  const { plan } = result
  const { cluster, deploymentOf } = indexFleet(problem, result)
  const ownerOf = (step: Step) => ('replica' in step ? (deploymentOf(step.replica, step.deployment)?.id ?? '') : '')
  checkNames(plan.steps, ownerOf)
  return renderSteps({
    problem,
    result,
    cluster,
    ownerOf,
    wordsOf: (step) => wordsOf(step, step.action === 'start' && isWait(cluster, step)),
    performer: driverCommand(plan.steps.length)
  })
}

/** What the command is called with. */
function wordsOf(step: Step, isWaiting: boolean): string[] {
  switch (step.action) {
    case 'start':
      return [isWaiting ? 'ready' : 'start', step.replica, step.node, ...(isWaiting ? [] : devicesOf(step))]
    case 'shift':
      return ['shift', step.replica, step.from, step.to]
    case 'drain':
    case 'stop':
      return [step.action, step.replica, step.node]
    case 'provision':
      return ['provision', step.node, ...(step.type === undefined ? [] : [step.type])]
    case 'cordon':
    case 'uncordon':
    case 'release':
      return [step.action, step.node]
  }
}

function devicesOf({ devices = {} }: Extract<Step, { action: 'start' }>): string[] {
  return Object.entries(devices)
    .filter(([, indices]) => indices.length > 0)
    .map(([resource, indices]) => `${resource}=${indices.join(',')}`)
}

/** A NUL, or half of a surrogate pair. */
const UNWRITABLE = /\0|\p{Cs}/u

function checkNames(steps: readonly Step[], ownerOf: (step: Step) => string): void {
  const issues = steps.flatMap((step, index) => [
    ...Object.entries({ ...step, deployment: ownerOf(step) }).flatMap(([key, value]): InputIssue[] =>
      typeof value === 'string' && UNWRITABLE.test(value) ? [issueOf(['plan', 'steps', index, key], value)] : []
    ),
    ...Object.keys('devices' in step ? (step.devices ?? {}) : {}).flatMap((resource): InputIssue[] =>
      UNWRITABLE.test(resource) ? [issueOf(['plan', 'steps', index, 'devices', resource], resource)] : []
    )
  ])
  if (issues.length > 0) throw new InputError('result', issues)
}

function issueOf(path: readonly PropertyKey[], value: string): InputIssue {
  return {
    path: formatPath(path),
    found: describeValue(value),
    expected: 'a name that a shell can pass on: without NUL and halves of surrogate pairs'
  }
}
