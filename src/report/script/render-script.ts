import { isWait } from '../../../models/checker/starts.js'
import { describeValue, formatPath } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError, parseProblem } from '../../../models/contract/parse.js'
import type { Step } from '../../../models/contract/plan.js'
import type { ProblemInput } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { planId } from '../../result/fingerprint.js'
import { readSafe } from '../../result/read-result.js'
import { VERSION } from '../../version.js'
import { indexFleet } from '../cluster/fleet.js'
import { describeStep } from '../cluster/step-words.js'
import { printable } from '../text/layout.js'
import { formatClock, formatCount, formatDuration } from '../text/numbers.js'
import { quoteWord } from '../text/shell-word.js'
import { driverCommand } from './driver-command.js'
import { scriptFrame } from './script-frame.js'

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
  const seconds = plan.steps.reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0)
  const name = problem.name === undefined || problem.name === '' ? '' : ` of ${printable(problem.name)}`
  let time = ''
  const lines = plan.steps.flatMap((step, index) => {
    const at = formatClock(step.startSeconds)
    const isWaiting = step.action === 'start' && isWait(cluster, step)
    const what = isWaiting ? `wait until ${step.replica} on ${step.node} is ready` : describeStep(step)
    const words = [
      'step',
      String(index + 1),
      at,
      quoteWord(printable(what)),
      quoteWord(ownerOf(step)),
      ...wordsOf(step, isWaiting).map(quoteWord)
    ]
    const heading = at === time ? [] : ['', `# ${at} by schedule`]
    time = at
    return [...heading, words.join(' ')]
  })
  return scriptFrame({
    title: `Migration${name}: ${formatCount(plan.steps.length, 'step')}, ${formatDuration(plan.makespanSeconds)} by schedule`,
    duration: formatDuration(seconds),
    version: VERSION,
    plan: nameOf(result),
    total: plan.steps.length,
    steps: lines.join('\n'),
    performer: driverCommand(plan.steps.length)
  })
}

/** The plan's name; another one where it could not name a file. */
function nameOf({ plan, problem }: Result): string {
  return plan.id !== undefined && /^[\w-]{1,64}$/.test(plan.id) ? plan.id : planId(problem.fingerprint, plan)
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
