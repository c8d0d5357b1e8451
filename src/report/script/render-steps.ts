import { isWait } from '../../../models/checker/starts.js'
import type { Step } from '../../../models/contract/plan.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { planId } from '../../result/fingerprint.js'
import { VERSION } from '../../version.js'
import { describeStep } from '../cluster/step-words.js'
import { printable } from '../text/layout.js'
import { formatClock, formatCount, formatDuration } from '../text/numbers.js'
import { quoteWord } from '../text/shell-word.js'
import { type ScriptPerformer, scriptFrame } from './script-frame.js'

interface Steps {
  readonly problem: Problem
  readonly result: Result
  readonly cluster: Parameters<typeof isWait>[0]
  /** The deployment of a step; empty where it has none. */
  readonly ownerOf: (step: Step) => string
  /** What the performer is asked for. */
  readonly wordsOf: (step: Step, index: number) => readonly string[]
  readonly performer: ScriptPerformer
}

/** A script whose steps are those of a plan, in the order of the list. */
export function renderSteps({ problem, result, cluster, ownerOf, wordsOf, performer }: Steps): string {
  const { plan } = result
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
      ...wordsOf(step, index).map(quoteWord)
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
    performer
  })
}

/** The plan's name; another one where it could not name a file. */
function nameOf({ plan, problem }: Result): string {
  return plan.id !== undefined && /^[\w-]{1,64}$/.test(plan.id) ? plan.id : planId(problem.fingerprint, plan)
}
