/** Everything that was measured: for each instance a table with a row for each contestant. */

import { markup } from '../../dist/src/report/markup.js'
import { hundredths, whole } from '../markdown.mjs'
import { OURS } from '../ours.mjs'
import { caseTitle, experimentTitle } from './case-words.mjs'
import { renderDataTable } from './data-table.mjs'
import { prose } from './prose.mjs'
import { amount, count, duration, listNames, share, shareAtMost } from './words.mjs'

/** @import { Case } from '../measures/cases.mjs' */
/** @import { Standing } from '../measures/standing.mjs' */
/** @import { TableRow } from './data-table.mjs' */
/** @import { Content, Markup } from '../../dist/src/report/markup.js' */
/** @import { Scene } from './scene.mjs' */

/** @type {(scene: Scene) => Content} */
export function renderResults({ cases, report }) {
  if (cases.length === 0) return null
  const boundsAlone = new Set(report.contestants.flatMap(({ name, places }) => (places ? [] : [name])))
  const experiments = [...new Set(cases.map(({ experiment }) => experiment))]
  return markup`<div class="results">
${experiments.map((experiment) => {
  const own = cases.filter((one) => one.experiment === experiment)
  return markup`<h3>${experimentTitle[experiment]}</h3>\n${own.map((one) => renderCase(one, boundsAlone))}`
})}</div>`
}

/** @type {(one: Case, boundsAlone: ReadonlySet<string>) => Markup} */
function renderCase(one, boundsAlone) {
  const { instance, bound, reference, standings } = one
  const best = Math.min(...standings.map(({ cost }) => cost ?? Infinity))
  const finders = standings.filter(({ cost }) => cost === best).map(({ contestant }) => contestant)
  const found = best === Infinity ? 'no placement' : `${hundredths(best)} by ${listNames(finders, 3)}`
  const known =
    reference === null || hundredths(reference) === hundredths(best) ? '' : `; best known ${hundredths(reference)}`
  const proven = bound === null ? '' : `; no less than ${hundredths(bound)}`
  const size = `${count(instance.nodes, 'node')}, ${count(instance.replicas, 'replica')}`
  return markup`<details><summary>${caseTitle(one)} <span class="sub">${prose(`${size}: ${found}${known}${proven}`)}</span></summary>
${renderDataTable({
  caption: `${caseTitle(one)}: ${size}, limit ${duration(one.limitSeconds)}; gaps are shares of the own cost`,
  columns,
  rows: standings.map((standing) => rowOf(standing, !boundsAlone.has(standing.contestant)))
})}
</details>\n`
}

/** @type {(readonly [string, 'left' | 'right'])[]} */
const columns = [
  ['contestant', 'left'],
  ['cost an hour', 'right'],
  ['bound', 'right'],
  ['gap to best known', 'right'],
  ['proven gap', 'right'],
  ['seconds', 'right'],
  ['CPU seconds', 'right'],
  ['MB', 'right'],
  ['moves', 'right'],
  ['nodes', 'right']
]

/** @type {(standing: Standing, places: boolean) => TableRow} */
function rowOf(standing, places) {
  const { contestant, outcome, wrong, refused, seeds, answers, seconds, cpuSeconds } = standing
  const isPartly = answers > 0
  // With some right answers the row shows them, and the words stand beside the name.
  if (!isPartly && outcome === 'wrong') return { name: contestant, mark: 'wrong', words: wrong.join('; ') }
  if (!isPartly && outcome === 'refused') return { name: contestant, mark: 'refused', words: refused.join('; ') }
  if (!isPartly && standing.bound === null)
    return outcome === 'late'
      ? { name: contestant, mark: 'late', words: `ended after ${duration(seconds)}` }
      : { name: contestant, mark: places ? 'no placement' : 'no bound', words: `in ${duration(seconds)}` }
  const notes = [
    ...(places ? [] : ['proves bounds and places nothing']),
    ...(wrong.length > 0 ? [`wrong: ${wrong.join('; ')}`] : []),
    ...(refused.length > 0 ? [`refused: ${refused.join('; ')}`] : []),
    ...(answers < seeds ? [`answered in time ${answers} of ${seeds} times`] : [])
  ]
  return {
    isOurs: contestant === OURS,
    cells: [
      notes.length === 0 ? contestant : [contestant, markup`<span class="sub">${notes.join('; ')}</span>`],
      hundredths(standing.cost),
      hundredths(standing.bound),
      share(places ? standing.primalGap : null),
      shareAtMost(places ? standing.provenGap : null),
      secondsOf(seconds),
      secondsOf(cpuSeconds),
      whole(standing.peakMegabytes),
      amount(standing.migrations),
      amount(standing.activeNodes)
    ]
  }
}

/** Without the unit, which is in the title. @type {(seconds: number | null) => string} */
const secondsOf = (seconds) =>
  duration(seconds)
    .replace(/^below /, '<')
    .replace(/ s$/, '')
