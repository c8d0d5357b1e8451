/** How close to the bound each gets: a table of savings that is always in sight. */

import { markup } from '../../dist/src/report/markup.js'
import { bestSavings } from '../measures/savings.mjs'
import { renderDataTable } from './data-table.mjs'
import { prose } from './prose.mjs'
import { budgetWords, count, dollars, share, shareAtMost } from './words.mjs'

/** @import { Saving, SavingsRow } from '../measures/savings.mjs' */
/** @import { Content, Markup } from '../../dist/src/report/markup.js' */
/** @import { Scene } from './scene.mjs' */

/** Empty where savings were not measured. @type {(scene: Scene) => Content} */
export function renderCloseness({ savings: rows }) {
  if (rows.length === 0) return null
  const names = [...new Set(rows.flatMap(({ savings }) => savings.map(({ contestant }) => contestant.name)))]
  const table = renderDataTable({
    caption:
      'Dollars per hour saved, nodes released, and at most which share of what is left to pay could be saved yet, by the proven bound; the most of each row is bold.',
    columns: [
      ['GPUs asked for', 'left'],
      ['may move', 'left'],
      ['cost before', 'right'],
      ['no more than', 'right'],
      ...names.map((name) => /** @type {const} */ ([name, 'right']))
    ],
    rows: rows.map((row) => ({
      cells: [
        row.load === null ? row.instance.name : prose(share(Math.round(100 * row.load) / 100)),
        prose(budgetWords(row.budgetShare)),
        dollars(row.before),
        row.bound === null ? '–' : dollars(row.before - row.bound),
        ...names.map((name) =>
          cellOf(
            row,
            row.savings.find(({ contestant }) => contestant.name === name)
          )
        )
      ]
    }))
  })
  return markup`<h3 id="closeness">How close to the bound each gets</h3>\n${table}`
}

/** @type {(row: SavingsRow, saving: Saving | undefined) => Content} */
function cellOf(row, saving) {
  if (saving === undefined) return '–'
  const { saved, savedNodes, gap, standing } = saving
  if (saved === null) return standing.outcome === 'answered' ? '–' : standing.outcome
  const isBest = bestSavings(row.savings).includes(saving)
  /** @type {(text: string) => Markup} */
  const below = (text) => markup`<span class="sub">${prose(text)}</span>`
  return [
    isBest ? markup`<span class="best">${dollars(saved)}</span>` : dollars(saved),
    savedNodes !== null && below(count(savedNodes, 'node')),
    gap !== null && below(`≤ ${shareAtMost(gap)} to save`)
  ]
}
