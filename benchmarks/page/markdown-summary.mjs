/** The report as Markdown, for benchmarks/RESULTS.md. */
import { hundredths, inline, renderTable, whole } from '../markdown.mjs'
import { gapToProve } from '../measures/growth.mjs'
import { ownSaving } from '../measures/savings.mjs'
import { OURS } from '../ours.mjs'
import { exponent, leftOutWords } from './exponent-words.mjs'
import { wrongAnswers } from './faults.mjs'
import { absences } from './method.mjs'
import { timeCell } from './reach-sentences.mjs'
import { setScene } from './scene.mjs'
import { START_SENTENCE } from './start-words.mjs'
import { amount, budgetWords, count, dollars, share, shareAtMost } from './words.mjs'

/** @import { BenchReport } from '../bench/record.mjs' */
/** @import { Column } from '../markdown.mjs' */
/** @import { Growth } from '../measures/growth.mjs' */
/** @import { RaceSummary } from '../measures/race.mjs' */
/** @import { SavingsRow } from '../measures/savings.mjs' */
/** @import { Scene } from './scene.mjs' */

/** @type {(report: BenchReport) => string} */
export function renderBench(report) {
  const scene = setScene(report)
  const { growth, race, savings } = scene
  const wrong = wrongAnswers(scene.cases)
  const missing = absences(scene, [])
  const parts = [
    describe(report),
    ...(race.complete.length === 0 ? [] : [raceWords(scene), renderTable(raceColumns, byIntegral(race.complete))]),
    ...(savings.length === 0 ? [] : [savingsWords, renderTable(savingsColumns(savings), savings)]),
    ...(growth.length === 0
      ? []
      : [
          `Time to a proven gap of ${share(gapToProve(report))} as a power of the number of nodes, least squares on logarithms:`,
          renderTable(growthColumns, growth)
        ]),
    ...(wrong.length === 0 ? [] : [`Wrong answers:\n\n${bullets(wrong)}`]),
    ...(missing.length === 0 ? [] : [`Absent:\n\n${bullets(missing)}`])
  ]
  return `${parts.join('\n\n')}\n`
}

/** @type {(report: BenchReport) => string} */
const describe = (report) =>
  `Measured on ${report.date} on ${count(report.machine.cores, 'core')} (${inline(report.machine.cpu)}, ${amount(report.machine.memoryGiB)} GiB), ` +
  `${count(report.cores, 'core')} for each, suite ${inline(report.suite)}, ` +
  `${Object.entries(report.versions)
    .map(([name, version]) => inline(`${name} ${version}`))
    .join(', ')}` +
  `${report.commit === null ? '' : `, commit ${inline(report.commit)}`}.`

/** @type {(scene: Scene) => string} */
const raceWords = ({ race }) =>
  `The race on ${count(race.cases.length, 'instance')}. *To 1 %*: time to within 1 % of the best known cost, *proof*: to a proven gap of 1 %, both ` +
  'shifted geometric means with what was not reached as the limit, and then ≥; *integral*: the mean gap to the best known cost over all ' +
  'the time, an upper bound for who tells of placements only at the end; *gap* and *proven gap*: means at the limit, as shares of the own ' +
  'cost, 100 % where nothing was found.'

/** @type {(summaries: readonly RaceSummary[]) => RaceSummary[]} */
const byIntegral = (summaries) => [...summaries].sort((left, right) => left.primalIntegral - right.primalIntegral)

/** @type {Column<RaceSummary>[]} */
const raceColumns = [
  ['contestant', 'left', ({ contestant }) => inline(contestant.name)],
  ['right', 'right', ({ outcomes }) => whole(outcomes.answered)],
  ['no answer', 'right', ({ outcomes }) => whole(outcomes.silent)],
  ['late', 'right', ({ outcomes }) => whole(outcomes.late)],
  ['wrong', 'right', ({ outcomes }) => whole(outcomes.wrong)],
  ['refused', 'right', ({ outcomes }) => whole(outcomes.refused)],
  ['to 1 %', 'right', ({ nearMean, near, cases }) => timeCell(nearMean, near, cases)],
  ['proof', 'right', ({ provenMean, proven, cases }) => timeCell(provenMean, proven, cases)],
  ['integral', 'right', ({ primalIntegral }) => share(primalIntegral)],
  ['gap', 'right', ({ primalGap }) => share(primalGap)],
  ['proven gap', 'right', ({ provenGap }) => shareAtMost(provenGap)]
]

const savingsWords =
  'Dollars an hour saved, with the nodes released, by load (GPUs asked for as a share of all) and by how many of the replicas may move. ' +
  `*Gap*: at most this share of what ${OURS} leaves to pay could be saved yet. ${START_SENTENCE}`

/** @type {(rows: readonly SavingsRow[]) => Column<SavingsRow>[]} */
function savingsColumns(rows) {
  const names = [...new Set(rows.flatMap(({ savings }) => savings.map(({ contestant }) => contestant.name)))]
  return [
    [
      'load',
      'left',
      (row) => (row.load === null ? inline(row.instance.name) : share(Math.round(100 * row.load) / 100))
    ],
    ['may move', 'left', ({ budgetShare }) => budgetWords(budgetShare)],
    ['before', 'right', ({ before }) => hundredths(before)],
    ...names.map((name) => /** @type {Column<SavingsRow>} */ ([inline(name), 'right', (row) => savedCell(row, name)])),
    ['gap', 'right', (row) => shareAtMost(ownSaving(row)?.gap ?? null)]
  ]
}

/** @type {(row: SavingsRow, name: string) => string} */
function savedCell({ savings }, name) {
  const saving = savings.find(({ contestant }) => contestant.name === name)
  if (saving === undefined) return '–'
  if (saving.saved === null) return saving.standing.outcome === 'answered' ? '–' : `**${saving.standing.outcome}**`
  return `${dollars(saving.saved)}${saving.savedNodes === null ? '' : `, ${amount(saving.savedNodes)}`}`
}

/** @type {Column<Growth>[]} */
const growthColumns = [
  ['group', 'left', ({ group }) => inline(group)],
  ['contestant', 'left', ({ contestant }) => inline(contestant.name)],
  ['exponent', 'right', ({ fit }) => (fit === null ? '–' : exponent(fit))],
  ['points', 'right', ({ points }) => whole(points.length)],
  [
    'largest',
    'right',
    ({ points }) => (points.length === 0 ? '–' : whole(Math.max(...points.map(({ nodes }) => nodes))))
  ],
  ['left out', 'left', ({ leftOut }) => leftOutWords(leftOut)]
]

/** @type {(items: readonly string[]) => string} */
const bullets = (items) => items.map((item) => `- ${inline(item)}`).join('\n')
