/** The report in a terminal: a line for each contestant, and what is saved. */
import { ownSaving } from '../measures/savings.mjs'
import { OURS } from '../ours.mjs'
import { exponentWords } from './exponent-words.mjs'
import { wrongAnswers } from './faults.mjs'
import { timeCell } from './reach-sentences.mjs'
import { setScene } from './scene.mjs'
import { layOut, wrap } from './text-table.mjs'
import { amount, budgetWords, count, roundDollars, share, shareAtMost } from './words.mjs'

/** @import { BenchReport } from '../bench/record.mjs' */
/** @import { RaceSummary } from '../measures/race.mjs' */
/** @import { SavingsRow } from '../measures/savings.mjs' */
/** @import { Scene } from './scene.mjs' */
/** @import { Column } from '../markdown.mjs' */

/** Names are cut to leave room for numbers; wide tables go on below. @type {(report: BenchReport, options: { width: number }) => string} */
export function renderTerminal(report, { width }) {
  const scene = setScene(report)
  const parts = [
    ...raceLines(scene, width),
    ...savingsLines(scene, width),
    ...(scene.growth.length === 0
      ? []
      : [['Time to a proof, by size', ...scene.growth.flatMap((one) => wrap(exponentWords(one), width, '  '))]]),
    ...wordLines('Wrong answers', wrongAnswers(scene.cases), width),
    ...wordLines('Absent', report.absent, width)
  ]
  return `${(parts.length === 0 ? [['Nothing was run.']] : parts).map((lines) => lines.join('\n')).join('\n\n')}\n`
}

/** @type {(title: string, words: readonly string[], width: number) => string[][]} */
const wordLines = (title, words, width) =>
  words.length === 0 ? [] : [[title, ...words.flatMap((text) => wrap(text, width, '  '))]]

/** Who was late is counted where anybody was. @type {(hasLate: boolean) => Column<RaceSummary>[]} */
const raceColumns = (hasLate) => [
  ['contestant', 'left', ({ contestant }) => contestant.name],
  ['right', 'right', ({ outcomes }) => String(outcomes.answered)],
  ['wrong', 'right', ({ outcomes }) => String(outcomes.wrong)],
  ...(hasLate ? [/** @type {Column<RaceSummary>} */ (['late', 'right', ({ outcomes }) => String(outcomes.late)])] : []),
  ['refused', 'right', ({ outcomes }) => String(outcomes.refused)],
  ['to 1 %', 'right', ({ nearMean, near, cases }) => timeCell(nearMean, near, cases)],
  ['integral', 'right', ({ primalIntegral }) => share(primalIntegral)],
  ['gap', 'right', ({ primalGap }) => share(primalGap)],
  ['proven', 'right', ({ provenGap }) => shareAtMost(provenGap)]
]

/** @type {(scene: Scene, width: number) => string[][]} */
function raceLines({ race }, width) {
  if (race.complete.length === 0) return []
  const hasLate = race.complete.some(({ outcomes }) => outcomes.late > 0)
  const sorted = [...race.complete].sort((left, right) => left.primalIntegral - right.primalIntegral)
  return [
    [
      `Race on ${count(race.cases.length, 'instance')}`,
      ...layOut(raceColumns(hasLate), sorted, width),
      ...wrap(
        `right, wrong, ${hasLate ? 'late, ' : ''}refused: instances; to 1 %: time to within 1 % of the best known cost, shifted geometric mean, ≥ where not reached everywhere; integral: mean gap to it over all the time; gap: at the limit; proven: mean gap to the own bound; gaps are shares of the own cost`,
        width,
        '  '
      )
    ]
  ]
}

/** @type {(scene: Scene, width: number) => string[][]} */
function savingsLines({ savings: rows }, width) {
  if (rows.length === 0) return []
  const names = new Set(rows.flatMap(({ savings }) => savings.map(({ contestant }) => contestant.name)))
  const others = [...names].filter((name) => name !== OURS)
  /** @type {Column<SavingsRow>[]} */
  const keys = [
    ['load', 'left', (row) => (row.load === null ? row.instance.name : share(Math.round(100 * row.load) / 100))],
    ['may move', 'left', ({ budgetShare }) => budgetWords(budgetShare)],
    ['before', 'right', ({ before }) => roundDollars(before)]
  ]
  /** @type {(name: string) => Column<SavingsRow>} */
  const column = (name) => [name, 'right', (row) => savedWords(row, name)]
  /** @type {Column<SavingsRow>} */
  const gap = ['gap to bound', 'right', (row) => shareAtMost(ownSaving(row)?.gap ?? null)]
  return [
    [
      'Saved an hour, and nodes released',
      ...layOut(
        [...keys, ...(names.has(OURS) ? [column(OURS), gap] : []), ...others.map(column)],
        rows,
        width,
        keys.length
      ),
      ...wrap(
        `gap to bound: at most this share of what ${OURS} leaves to pay could be saved yet, by the highest bound that anybody proves`,
        width,
        '  '
      )
    ]
  ]
}

/** @type {(row: SavingsRow, name: string) => string} */
function savedWords({ savings }, name) {
  const saving = savings.find(({ contestant }) => contestant.name === name)
  if (saving === undefined) return '–'
  if (saving.saved === null) return saving.standing.outcome === 'answered' ? '–' : saving.standing.outcome
  return `${roundDollars(saving.saved)}${saving.savedNodes === null ? '' : ` ${amount(saving.savedNodes).padStart(4)}`}`
}
