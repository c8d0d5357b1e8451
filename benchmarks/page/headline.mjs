/** The top of the page: what it is about, and the few numbers to take home. */

import { markup } from '../../dist/src/report/markup.js'
import { bestPolicies, ownSaving, widestRows } from '../measures/savings.mjs'
import { OURS } from '../ours.mjs'
import { companyWords } from './company.mjs'
import { paragraph, prose } from './prose.mjs'
import { reachSentence, timeWords } from './reach-sentences.mjs'
import { loadTitle, movingWords, savedWords } from './savings-words.mjs'
import { START } from './start-words.mjs'
import { count, dollars, listNames, share, shareAtMost } from './words.mjs'

/** @import { SavingsRow } from '../measures/savings.mjs' */
/** @import { Content, Markup } from '../../dist/src/report/markup.js' */
/** @import { Scene } from './scene.mjs' */

/** A number to take home. @typedef {{ name: string, value: string, detail: string, isOurs?: boolean }} Tile */

/** @type {(scene: Scene) => Markup} */
export function renderHeadline(scene) {
  const rows = widestRows(scene.savings)
  // Of loads neither the easiest nor the hardest.
  const row = rows[(rows.length - 1) >> 1]
  const tiles = row === undefined ? raceTiles(scene) : savingsTiles(row, rows)
  return markup`<h1>${OURS} beside policies and solvers</h1>
<p class="lead">${prose(leadOf(scene))}</p>
${tiles.length > 0 && markup`<dl class="tiles">\n${tiles.map(renderTile)}</dl>\n`}${summaryOf(scene, rows)}`
}

/** @type {(scene: Scene) => string} */
export function leadOf({ report: { contestants, instances }, savings }) {
  const others = companyWords(contestants)
  const beside = others === '' ? '' : ` Here it is run beside ${others} on ${count(instances.length, 'instance')}.`
  const company = `${beside}${savings.length === 0 ? '' : ` Savings are measured on ${START}.`}`
  return `${OURS} moves the replicas of a GPU fleet onto fewer, cheaper nodes, and proves how little is left to save.${company}`
}

/** @type {(row: SavingsRow, rows: readonly SavingsRow[]) => Tile[]} */
function savingsTiles(row, rows) {
  const own = ownSaving(row)
  const policies = bestPolicies(row)
  const [best] = policies
  return [
    ...(own === undefined || own.saved === null
      ? []
      : [
          {
            name: 'Saved an hour',
            value: dollars(own.saved),
            detail: `of ${dollars(row.before)}${row.before === 0 ? '' : ` (${share(own.saved / row.before)})`}, by ${OURS}; ${loadTitle(row, rows)}, ${movingWords(row.budgetShare)}`,
            isOurs: true
          },
          ...(own.savedNodes === null
            ? []
            : [
                {
                  name: 'Nodes released',
                  value: count(own.savedNodes, 'node'),
                  detail: `of ${count(row.nodesBefore, 'active node')}`
                }
              ])
        ]),
    ...(best === undefined
      ? []
      : [
          {
            name: 'By the best policy',
            value: dollars(best.saved),
            detail: `${listNames(policies.map(({ contestant }) => contestant.name))}${best.savedNodes === null ? '' : `, ${count(best.savedNodes, 'node')}`}`
          }
        ]),
    ...(own === undefined || own.gap === null
      ? []
      : [
          {
            name: 'Left to save, at most',
            value: shareAtMost(own.gap),
            detail: `of what is left to pay: no placement costs less than ${dollars(row.bound)}; that is proven`
          }
        ])
  ]
}

/** Where no savings were measured. @type {(scene: Scene) => Tile[]} */
function raceTiles({ race }) {
  const own = race.complete.find(({ contestant }) => contestant.name === OURS)
  if (own === undefined) return []
  const all = count(race.cases.length, 'instance')
  return [
    {
      name: 'Within 1 % of the best known',
      value: `${own.near} of ${all}`,
      detail: `in time, by ${OURS}`,
      isOurs: true
    },
    {
      name: 'Proven to 1 %',
      value: `${own.proven} of ${all}`,
      detail: `mean proven gap ${shareAtMost(own.provenGap)}`
    },
    {
      name: 'Time to within 1 %',
      value: own.near === 0 ? 'never' : timeWords(own.nearMean, own.near, race.cases.length),
      detail: 'shifted geometric mean'
    }
  ]
}

/** @type {(scene: Scene, rows: readonly SavingsRow[]) => Content} */
function summaryOf({ race }, rows) {
  const own = savedWords(rows.map(ownSaving), rows)
  const policies = savedWords(
    rows.map((row) => bestPolicies(row)[0]),
    rows
  )
  const saved = own === '' || rows.length < 2 ? '' : `Over ${count(rows.length, 'load')} of the cluster it ${own}`
  const against = saved === '' ? '' : policies === '' ? '.' : `; the best policy at each ${policies}.`
  const raced =
    race.complete.length === 0
      ? ''
      : `In the race on ${count(race.cases.length, 'instance')}, by the shifted geometric mean of the time to within 1 % of the best known cost: ${reachSentence(
          race.complete.map(({ contestant, nearMean, near }) => ({ contestant, seconds: nearMean, reached: near })),
          race.cases.length
        )}`
  return [`${saved}${against}`, raced].filter((text) => text !== '').map(paragraph)
}

/** @type {(tile: Tile) => Markup} */
const renderTile = ({ name, value, detail, isOurs = false }) =>
  markup`<div><dt>${name}</dt><dd class="value${isOurs && ' ours'}">${prose(value)}</dd><dd class="detail">${prose(detail)}</dd></div>\n`
