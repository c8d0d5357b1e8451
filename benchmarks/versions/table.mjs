/** How the versions of this package compare, as Markdown: a row each, and footnotes for what got worse. */
import { lookUpKnown, readBestKnown } from '../known.mjs'
import { baseName, describeMachine, inline, percent, renderTable, tenths } from '../markdown.mjs'
import { mean } from '../measures/averages.mjs'
import { primalGap } from '../measures/primal-gap.mjs'
import { provenGap } from '../measures/proven-gap.mjs'

/** @import { Column } from '../markdown.mjs' */
/** @import { MeasuredVersion, VersionRun, VersionsReport } from './record.mjs' */

/** The best cost known of an instance. @typedef {(instance: string) => number | null} Reference */

/** A mean gap counts as worse from here on: less is chance, as searches with a clock differ from run to run. */
const WORSE = 0.001

/** Gap to the best that is known, 1 where there is no answer that holds. @type {(run: VersionRun, reference: Reference) => number} */
const shortfall = ({ instance, cost, wrong }, reference) => {
  const best = reference(instance)
  return cost === null || wrong !== null || best === null ? 1 : primalGap(cost, best)
}

/** Gap to its own bound. @type {(run: VersionRun) => number} */
const unproven = ({ cost, bound, wrong }) => (wrong === null ? provenGap(cost, bound) : 1)

/** @type {(instance: string) => string} */
const familyOf = (instance) => instance.replace(/\/.*$/, '')

/** @type {Reference} */
const knownCost = (instance) => lookUpKnown(readBestKnown(), instance, 'fixtures')?.cost ?? null

/** @type {(report: VersionsReport, reference?: Reference) => string} */
export function renderVersions(report, reference = knownCost) {
  const { limitSeconds } = report
  const measured = report.measured.map((version) => refuteBounds(version, bestOf(report.measured, reference)))
  const families = [...new Set(measured.flatMap(({ runs }) => runs.map(({ instance }) => familyOf(instance))))].sort()
  const best = bestOf(measured, reference)
  const notes = measured.map((version, index) => listWorse(measured[index - 1], version, families, best))
  const footnotes = notes.flat()
  /** @type {Column<MeasuredVersion>[]} */
  const columns = [
    ['version', 'left', ({ version }) => version],
    ['commit', 'left', ({ commit }) => commit],
    ['date', 'left', ({ date }) => date.slice(0, 10)],
    [
      'what was new',
      'left',
      (version) => inline(version.title) + marks(notes[measured.indexOf(version)] ?? [], footnotes)
    ],
    ...families.flatMap((family) => columnsOf(family, best)),
    ['seconds', 'right', ({ runs }) => tenths(mean(runs.map(({ seconds }) => seconds)))],
    ['wrong', 'right', ({ runs }) => String(runs.filter(({ wrong }) => wrong !== null).length)]
  ]
  const seeds = new Set(measured.flatMap(({ runs }) => runs.map(({ seed }) => seed))).size
  return [
    describeMachine(report),
    `${limitSeconds} seconds each, ${seeds === 1 ? 'one seed' : `${seeds} seeds`}, on ${[...new Set(measured.flatMap(({ runs }) => runs.map(({ instance }) => baseName(instance))))].join(', ')}.`,
    renderTable(columns, measured),
    ...footnotes.map((words, index) => `[${index + 1}] ${words}`)
  ]
    .join('\n\n')
    .concat('\n')
}

/** A bound above a cost that is possible is wrong. @type {(version: MeasuredVersion, best: Reference) => MeasuredVersion} */
const refuteBounds = (version, best) => ({
  ...version,
  runs: version.runs.map((run) => {
    const cost = best(run.instance)
    if (run.wrong !== null || run.bound === null || cost === null || run.bound <= cost + 1e-6 * Math.max(1, cost))
      return run
    return { ...run, wrong: `proves ${run.bound}, yet ${cost} is possible` }
  })
})

/** What is known, or what some version found where that is better. @type {(measured: readonly MeasuredVersion[], reference: Reference) => Reference} */
const bestOf = (measured, reference) => (instance) => {
  const costs = measured.flatMap(({ runs }) =>
    runs.flatMap((run) => (run.instance === instance && run.wrong === null && run.cost !== null ? [run.cost] : []))
  )
  const least = Math.min(reference(instance) ?? Infinity, ...costs)
  return Number.isFinite(least) ? least : null
}

/** @type {(family: string, best: Reference) => Column<MeasuredVersion>[]} */
const columnsOf = (family, best) => [
  [`${family}: to best`, 'right', ({ runs }) => percent(mean(within(runs, family).map((run) => shortfall(run, best))))],
  ['proven', 'right', ({ runs }) => percent(mean(within(runs, family).map(unproven)))]
]

/** @type {(runs: readonly VersionRun[], family: string) => VersionRun[]} */
const within = (runs, family) => runs.filter(({ instance }) => familyOf(instance) === family)

/** What a version does worse than the one before it, in words, with the instance that is to blame most. @type {(before: MeasuredVersion | undefined, after: MeasuredVersion, families: readonly string[], best: Reference) => string[]} */
function listWorse(before, after, families, best) {
  if (before === undefined) return []
  /** @type {[words: string, gapOf: (run: VersionRun) => number][]} */
  const measures = [
    ['further from the best known', (run) => shortfall(run, best)],
    ['a wider proven gap', unproven]
  ]
  return families.flatMap((family) =>
    measures.flatMap(([words, gapOf]) => {
      const [was, is] = [before, after].map(({ runs }) => mean(within(runs, family).map(gapOf)))
      if (was === undefined || was === null || is === undefined || is === null || is <= was + WORSE) return []
      const instances = [...new Set(within(after.runs, family).map(({ instance }) => instance))]
      /** @type {(runs: readonly VersionRun[], instance: string) => number} */
      const on = (runs, instance) => mean(runs.filter((run) => run.instance === instance).map(gapOf)) ?? 0
      const growth = (/** @type {string} */ instance) => on(after.runs, instance) - on(before.runs, instance)
      const [worst = ''] = instances.sort((left, right) => growth(right) - growth(left))
      const most = `${percent(on(before.runs, worst))} → ${percent(on(after.runs, worst))} on ${baseName(worst)}`
      return [`${after.commit} is worse on ${family}, ${words}: ${percent(was)} → ${percent(is)} in the mean, ${most}.`]
    })
  )
}

/** @type {(own: readonly string[], all: readonly string[]) => string} */
const marks = (own, all) => own.map((words) => ` [${all.indexOf(words) + 1}]`).join('')
