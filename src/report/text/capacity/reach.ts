import type { ReachAnswer, ReachScenario } from '../../../capacity/reach/reach.js'
import { formatFactor, scarcestFirst } from '../../capacity/growth-words.js'
import { REACH_MOVES, REACH_NODES } from '../../capacity/reach-words.js'
import { wrap } from '../layout.js'
import { formatCount } from '../numbers.js'
import { plainStyle, type Style } from '../style.js'
import { joinSections, nameCell, renderNotes, renderTable, titleOf } from './answer-text.js'
import { GROWTH_ENDS, GROWTH_HEADS, growthCells, MOST_ROWS } from './growth-cells.js'

/** How far the fleet reaches, for people: a table for each set of nodes and each assumption on moves. Ends with a newline. */
export function renderReach(answer: ReachAnswer, style: Style = plainStyle): string {
  return joinSections([
    titleOf(answer, style),
    ...answer.scenarios.map((scenario) => renderScenario(scenario, style)),
    renderNotes(answer, style)
  ])
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
