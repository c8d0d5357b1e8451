import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { renderFigures } from './figures.js'
import { alignColumns, displayWidth, printable, shorten, wrap } from './layout.js'
import { describeMigration, renderFirstSteps } from './migration.js'
import { formatCount } from './numbers.js'
import { describeProof, describeSearch, isGiven } from './proof.js'
import { describeKeptNodes, renderConflict, renderRemarks } from './remarks.js'
import { plainStyle, type Style } from './style.js'

/**
 * A Result for people: what it saves, how good it is proven to be, how long the migration takes and how it begins, and
 * what needs attention. Lines keep to the width of the style; a newline ends the last.
 */
export function renderSummary(problem: Problem, result: Result, style: Style = plainStyle): string {
  const sections =
    result.primalStatus === 'feasible' ? renderFeasible(problem, result, style) : renderNothing(result, style)
  return [[renderTitle(problem, style)], ...sections].map((lines) => `${lines.join('\n')}\n`).join('\n')
}

function renderTitle(problem: Problem, style: Style): string {
  const size = [
    formatCount(problem.nodes.length, 'node'),
    `${formatCount(problem.replicas.length, 'replica')} of ${formatCount(problem.deployments.length, 'deployment')}`
  ].join(', ')
  if (problem.name === undefined || problem.name === '') return style.strong(size)
  return `${style.strong(shorten(printable(problem.name), style.width - size.length - 2))}  ${style.faint(size)}`
}

function renderFeasible(problem: Problem, result: Result, style: Style): string[][] {
  const { objective, plan } = result
  if (objective === undefined) return []
  const kept = describeKeptNodes(result)
  const topics: [label: string, sentences: string[]][] = [
    isGiven(result) ? ['Placement', ['given']] : ['Proof', describeProof(problem, result, objective, style)],
    ['Migration', describeMigration(problem, result, style)],
    ...(kept === undefined ? [] : ([['Nodes that stay', [kept]]] as [string, string[]][]))
  ]
  return [
    indent(renderFigures(problem, result, objective, style)),
    indent(renderTopics(topics, style)),
    ...renderRemarks(result, style),
    ...(plan.steps.length === 0 ? [] : [renderFirstSteps(plan.steps, style)])
  ]
}

function renderNothing(result: Result, style: Style): string[][] {
  if (result.termination === 'infeasible') {
    return [
      [
        `${style.bad('Infeasible')}: no placement is allowed by everything that the problem asks for${isDecided(result) ? ' and that was decided' : ''}.`
      ],
      renderConflict(result, style),
      ...renderRemarks(result, style)
    ]
  }
  return [[`${style.bad('Nothing found')}: ${describeSearch(result)}.`], ...renderRemarks(result, style)]
}

/** Whether something was decided on single moves. */
function isDecided({ explanation: { decisions } }: Result): boolean {
  return decisions !== undefined && decisions.accept.length + decisions.reject.length + decisions.pin.length > 0
}

/** Labels in one column, their sentences wrapped beside them, each on lines of its own. */
function renderTopics(topics: readonly [label: string, sentences: readonly string[]][], style: Style): string[] {
  const labelWidth = Math.max(...topics.map(([label]) => displayWidth(label)))
  const rows = topics.flatMap(([label, sentences]) =>
    sentences
      .flatMap((sentence) => wrap(sentence, style.width - labelWidth - 4))
      .map((line, index) => [index === 0 ? style.faint(label) : '', line])
  )
  return alignColumns(rows, ['left', 'left'])
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`)
}
