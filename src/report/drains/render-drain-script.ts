import { describeValue, formatPath } from '../../../models/contract/describe-input.js'
import { InputError, parseProblem } from '../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { projectOntoDrains } from '../../adapters/ray/drains/project-onto-drains.js'
import type { DrainProjection } from '../../adapters/ray/drains/projection.js'
import { VERSION } from '../../version.js'
import { printable } from '../text/layout.js'
import { formatCount } from '../text/numbers.js'
import { quoteWord } from '../text/shell-word.js'
import { drainScriptFrame } from './drain-script-frame.js'
import { UNDRAINED } from './drain-words.js'

/** The label by which a node of a Problem is known to Ray. */
const NODE_ID = 'ray.io/node-id'

/**
 * The drains of a plan as a POSIX shell script of `ray drain-node` calls: one node after the other, each waited for until it is idle and gone;
 * then the idle nodes. A node that is gone already is passed over, so that the script may be run again. Throws what `projectOntoDrains`
 * throws, and InputError where a node to drain has no label `ray.io/node-id` of hexadecimal digits.
 */
export function renderDrainScript(givenProblem: Unchecked<ProblemInput>, givenResult: Unchecked<Result>): string {
  const problem = parseProblem(givenProblem)
  return writeDrainScript(problem, projectOntoDrains(problem, givenResult))
}

/** The script of a projection that was made of this Problem. */
export function writeDrainScript(problem: Problem, projection: DrainProjection): string {
  const { drains, idle, undrained, steps } = projection
  const hexOf = rayIds(problem, [...drains.map(({ node }) => node), ...idle])
  const lines = [
    ...drains.flatMap(({ node, moves }, index) => [
      '',
      [
        `drain ${index + 1} ${hexOf(node)} ${word(node)} ${word(formatCount(moves.length, 'replica'))}`,
        ...moves.map(({ replica, to }) => `  ${word(`${replica} -> ${to}`)}`)
      ].join(' \\\n')
    ]),
    ...(idle.length === 0 ? [] : ['', '# Nothing runs there.']),
    ...idle.map((node) => `give_back ${hexOf(node)} ${word(node)}`),
    ...undrained.map(({ node, code }) => `# ${printable(node)} is not drained: it ${UNDRAINED[code]}.`)
  ]
  const left = steps.filter(({ isExecutable }) => !isExecutable).length
  const name = problem.name === undefined || problem.name === '' ? '' : ` of ${printable(problem.name)}`
  return drainScriptFrame({
    title: `Drains${name}: ${formatCount(drains.length, 'node')} with replicas, ${formatCount(idle.length, 'idle node')}`,
    remark:
      left === 0
        ? 'This is all of the plan.'
        : `${formatCount(left, 'step')} of the plan cannot be expressed in drains and ${left === 1 ? 'is' : 'are'} left out.`,
    version: VERSION,
    total: drains.length,
    steps: lines.join('\n')
  })
}

function word(text: string): string {
  return quoteWord(printable(text))
}

function rayIds({ nodes }: Problem, wanted: readonly string[]): (node: string) => string {
  const ids = new Map(nodes.map(({ id, labels }) => [id, Object.hasOwn(labels, NODE_ID) ? labels[NODE_ID] : undefined]))
  const issues = wanted.flatMap((node) => {
    const found = ids.get(node)
    if (found !== undefined && /^[\da-f]+$/i.test(found)) return []
    const index = nodes.findIndex(({ id }) => id === node)
    return [
      {
        path: formatPath(['nodes', index, 'labels', NODE_ID]),
        found: describeValue(found),
        expected: 'the hexadecimal id by which Ray knows the node',
        hint: 'import ray keeps it; without it no command can name the node'
      }
    ]
  })
  if (issues.length > 0) throw new InputError('problem', issues)
  return (node) => ids.get(node) ?? ''
}
