import type { ReachAnswer, ReachScenario } from '../../../capacity/reach/reach.js'
import { formatFactor, scarcestFirst } from '../../capacity/growth-words.js'
import { REACH_MOVES, REACH_NODES, REACH_UNTIL } from '../../capacity/reach-words.js'
import { barChart } from '../charts/bar-chart.js'
import { wrap } from '../layout.js'
import { formatCount } from '../numbers.js'
import { plainStyle, type Style } from '../style.js'
import { joinSections, nameCell, renderNotes, renderTable, titleOf } from './answer-text.js'
import { GROWTH_ENDS, GROWTH_HEADS, growthCells, MOST_ROWS } from './growth-cells.js'

/** How far the fleet reaches, for people: a table for each set of nodes and each assumption on moves. Ends with a newline. */
export function renderReach(answer: ReachAnswer, style: Style = plainStyle): string {
  return joinSections([
    titleOf(answer, style),
    renderPicture(answer, style),
    ...answer.scenarios.map((scenario) => renderScenario(scenario, style)),
    renderNotes(answer, style)
  ])
}

/** How far each goes, at a glance. */
function renderPicture({ scenarios }: ReachAnswer, style: Style): string[] {
  if (scenarios.length < 2) return []
  const rows = scenarios.map(({ nodes, moves, all }) => ({
    label: REACH_UNTIL[nodes],
    value: all.fits?.factor ?? null,
    note: `${REACH_MOVES[moves]}${all.gap === 0 ? ', proven' : ''}`
  }))
  const format = (factor: number) => formatFactor(factor)
  return barChart(rows, { ...style, width: style.width - 2 }, { format }).map((line) => `  ${line}`)
}

function renderScenario({ nodes, moves, nodeCount, all, deployments }: ReachScenario, style: Style): string[] {
  const reached =
    all.fits === null ? 'not even what is wanted now fits' : `everything by ${formatFactor(all.fits.factor)}`
  const limit = all.fits === null ? null : all.provenLimit?.above
  const proof =
    all.gap === 0
      ? ', and no more'
      : limit === undefined || limit === null
        ? ''
        : `, proven impossible beyond ${formatFactor(limit)}`
  const rows = [
    ['all together', ...growthCells(all, style)],
    ...scarcestFirst(deployments)
      .slice(0, MOST_ROWS)
      .map(({ deployment, ...growth }) => [nameCell(deployment), ...growthCells(growth, style)])
  ]
  const others = deployments.length - MOST_ROWS
  const heading = `On ${REACH_NODES[nodes]} (${formatCount(nodeCount, 'node')}), when ${REACH_MOVES[moves]}: ${style.strong(reached)}${proof}`
  return [
    ...wrap(heading, style.width),
    ...renderTable(['', ...GROWTH_HEADS], rows, ['left', ...GROWTH_ENDS], style),
    ...(others > 0 ? [style.faint(`  … and ${formatCount(others, 'deployment')} that reach farther`)] : [])
  ]
}
