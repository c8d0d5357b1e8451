/** What `npm run sequencing` found, as Markdown. */
import { describeMachine, percent, renderTable, thousandths, whole } from '../markdown.mjs'

/** @import { Column } from '../markdown.mjs' */
/** @import { Surroundings } from '../surroundings.mjs' */
/** @import { Comparison, Verdict } from './judge.mjs' */

/** @typedef {{ seed: number, kind: string, words: string }} Finding */

/**
 * Plans that are known to exist, and what the sequencer made of them.
 *
 * @typedef {object} WalkReport
 * @property {number} cases
 * @property {number} kept
 * @property {Finding[]} unsafe Plans that the checker refuses.
 * @property {Finding[]} thrown No answer at all.
 * @property {Finding[]} denied Plans that exist and were not found, with the least that each needs.
 */

/**
 * Cases of one set of rungs. denied: reachable by an exact search, not by the sequencer. costly: reached with more migrations than the fewest.
 *
 * @typedef {object} RungReport
 * @property {string} rungs
 * @property {number} cases
 * @property {number} reachable
 * @property {number} unknown
 * @property {Finding[]} denied
 * @property {Finding[]} costly
 * @property {Finding[]} wrong Safe plans where the search finds none, and unsafe ones: one of the two is mistaken.
 */

/** Makespans as multiples of the least. @typedef {{ cases: number, unproven: number, mean: number, worst: Finding[], above: number }} MakespanReport */

/**
 * What stands in results/sequencing.json.
 *
 * @typedef {Surroundings & {
 *   schemaVersion: 1, seed: number, threads: number, walks: WalkReport, rungs: RungReport[], makespan: MakespanReport
 * }} SequencingReport
 */

/** A makespan so far above the least is worth a look. */
const NOTABLE = 1.1
const LISTED = 20

/** @type {(verdicts: readonly Verdict[]) => WalkReport} */
export function summariseWalks(verdicts) {
  const of = (/** @type {Verdict['verdict']} */ wanted) =>
    verdicts.flatMap(({ seed, verdict, kind, words }) => (verdict === wanted ? [{ seed, kind, words }] : []))
  return {
    cases: verdicts.length,
    kept: of('kept').length,
    unsafe: of('unsafe'),
    thrown: of('thrown'),
    denied: of('denied')
  }
}

/** @type {(comparisons: readonly Comparison[]) => RungReport[]} */
export function summariseRungs(comparisons) {
  const sets = [...new Set(comparisons.map(({ rungs }) => rungs.join(', ')))]
  return sets.map((rungs) => {
    const own = comparisons.filter((comparison) => comparison.rungs.join(', ') === rungs)
    const isReachable = (/** @type {Comparison} */ { need }) => need !== 'none' && need !== 'unknown'
    /** @type {(chosen: readonly Comparison[]) => Finding[]} */
    const list = (chosen) =>
      chosen.map(({ seed, need, fewest, answer }) => ({
        seed,
        kind: need,
        words: [
          `${answer.status}, ${answer.migrations} migrations, fewest ${fewest ?? '–'}`,
          ...answer.violations
        ].join('; ')
      }))
    const complete = own.filter(({ answer }) => answer.status === 'complete')
    return {
      rungs,
      cases: own.length,
      reachable: own.filter(isReachable).length,
      unknown: own.filter(({ need }) => need === 'unknown').length,
      denied: list(own.filter((each) => isReachable(each) && each.answer.status === 'partial')),
      costly: list(complete.filter(({ fewest, answer }) => fewest !== null && fewest < answer.migrations)),
      wrong: list([
        ...complete.filter(({ need }) => need === 'none'),
        ...own.filter(({ answer }) => answer.violations.length > 0 || answer.fault !== null)
      ])
    }
  })
}

/** @type {(comparison: Comparison) => number} */
export const ratioOf = ({ least, answer }) => (least === null || least === 0 ? 1 : answer.makespanSeconds / least)

/** @type {(comparisons: readonly Comparison[]) => MakespanReport} */
export function summariseMakespans(comparisons) {
  const timed = comparisons.filter(({ least }) => least !== null)
  const sorted = [...timed].sort((left, right) => ratioOf(right) - ratioOf(left))
  const notable = sorted.filter((each) => ratioOf(each) > NOTABLE)
  return {
    cases: timed.length,
    unproven: timed.filter(({ isExact }) => !isExact).length,
    mean: timed.reduce((sum, each) => sum + ratioOf(each), 0) / Math.max(1, timed.length),
    worst: notable.slice(0, LISTED).map((each) => ({
      seed: each.seed,
      kind: ratioOf(each).toFixed(3),
      words: `${each.answer.makespanSeconds} s, least ${each.least} s`
    })),
    above: notable.length
  }
}

/** @type {Column<WalkReport>[]} */
const walkColumns = [
  ['plans that exist', 'right', ({ cases }) => whole(cases)],
  ['found, or better', 'right', ({ kept }) => whole(kept)],
  ['denied', 'right', ({ denied }) => whole(denied.length)],
  ['share', 'right', ({ denied, cases }) => percent(cases === 0 ? 0 : denied.length / cases)],
  ['unsafe', 'right', ({ unsafe }) => whole(unsafe.length)],
  ['thrown', 'right', ({ thrown }) => whole(thrown.length)]
]

/** @type {Column<RungReport>[]} */
const rungColumns = [
  ['rungs allowed', 'left', ({ rungs }) => rungs],
  ['cases', 'right', ({ cases }) => whole(cases)],
  ['reachable', 'right', ({ reachable }) => whole(reachable)],
  ['denied', 'right', ({ denied }) => whole(denied.length)],
  ['more migrations', 'right', ({ costly }) => whole(costly.length)],
  ['unknown', 'right', ({ unknown }) => whole(unknown)],
  ['wrong', 'right', ({ wrong }) => whole(wrong.length)]
]

/** @type {Column<MakespanReport>[]} */
const makespanColumns = [
  ['makespans', 'right', ({ cases }) => whole(cases)],
  ['mean of the least', 'right', ({ mean }) => thousandths(mean)],
  ['worst', 'right', ({ worst }) => worst[0]?.kind ?? '–'],
  [`above ${NOTABLE}`, 'right', ({ above }) => whole(above)],
  ['not proven', 'right', ({ unproven }) => whole(unproven)]
]

/** @type {(report: SequencingReport) => string} */
export function renderSequencing(report) {
  const { walks, rungs, makespan } = report
  const needs = tally([...walks.denied, ...rungs.flatMap(({ denied }) => denied)])
  return `${[
    describeMachine(report),
    renderTable(walkColumns, [walks]),
    renderTable(rungColumns, rungs),
    renderTable(makespanColumns, [makespan]),
    ...(needs.length === 0 ? [] : [`What would have been enough where a plan was denied: ${needs.join(', ')}.`])
  ].join('\n\n')}\n`
}

/** @type {(findings: readonly Finding[]) => string[]} */
function tally(findings) {
  const kinds = [...new Set(findings.map(({ kind }) => kind))]
  return kinds.map((kind) => `${kind} ${findings.filter((finding) => finding.kind === kind).length}`)
}
