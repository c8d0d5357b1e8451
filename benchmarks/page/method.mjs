/** How it was measured, in plain words, who took part, what was wrong and what is absent. */

import { markup } from '../../dist/src/report/markup.js'
import { listDoubts } from '../measures/doubts.mjs'
import { boundsAloneSentences } from './company.mjs'
import { renderDataTable, tabulate } from './data-table.mjs'
import { breakdowns, lateAnswers, refusals, wrongAnswers } from './faults.mjs'
import { list, paragraph } from './prose.mjs'
import { START_SENTENCE } from './start-words.mjs'
import { count, quoted } from './words.mjs'

/** @import { Content, Markup } from '../../dist/src/report/markup.js' */
/** @import { Scene } from './scene.mjs' */

/** Of who is dated to his end. */
export const AT_THE_END =
  'Who tells of a placement only at the end (cbc, glpsol, GLPK, YALPS and the policies) is dated to its end: its integral, and its time ' +
  'to within 1 %, are upper bounds.'

const rules = [
  'Everybody gets the same instances, the same cores and the same time. Runs are interleaved, so that a slow moment of the machine meets all alike.',
  'Outside the clock: turning a Problem into a program or a state, and an answer back. Inside are, for solvers, handing over that program in their own form; for commands, starting the process and reading the file; for this engine, everything that it does from the Problem to the checked plan: parsing, compiling, searching, the migration and all checks.',
  AT_THE_END,
  'Doing nothing, the start itself, is nobody’s placement on the way: it counts only as a final answer.',
  'An answer counts after an independent checker has found nothing against it; its cost is counted again from the placement. A bound above a placement that holds, whoever found it, or above the cost that was known before, is wrong, and then the whole answer is. So is the word that nothing is possible, where somebody has a placement.',
  'What is wrong, refused, late or not found in time counts as nothing found: a gap of 100 %, and the limit as its time. Means of times with such instances in them are therefore less than the truth: “at least”.',
  'Whoever is told to stop gets a second, or 5 % of the limit, to do so; what comes in it counts as found at the limit, and what comes later not at all. A solver that ended too late because it counts its limit from later was given another try with as much less. Times below 0.01 s count as 0.01 s where they are divided or drawn on logarithmic axes.',
  'Where all may stop holds as asked: GLPK and javascript-lp-solver go on to the optimum. HiGHS is WebAssembly, on one thread.',
  'Repacking from scratch is all or nothing: where it needs more moves than are allowed, it does nothing.',
  'The best known cost is the least of all placements that hold, of any contestant, and of what was known before. Who may move more may also move less: so costs count for wider limits, and bounds for narrower ones.',
  'The gap to the best known cost is (cost − best known) / cost, the proven gap (cost − bound) / cost: shares of the own cost. Within 1 % of the best known cost is at most 1.01 times as much.',
  'Numbers of one instance are medians over its seeds.',
  'Primal gap and primal integral: Berthold, Measuring the impact of primal heuristics, 2013; the integral divided by the limit. Performance profiles: Dolan and Moré, 2002. Shifted geometric means: as in Mittelmann’s benchmarks and in Achterberg’s thesis, 2007. Exponents: least squares on logarithms.'
]

/** Empty where everybody places. @type {(scene: Scene) => Content} */
export const renderBoundsAlone = ({ report }) => boundsAloneSentences(report.contestants).map(paragraph)

/** @type {(scene: Scene) => Markup} */
export function renderMethod(scene) {
  const { report, cases, savings } = scene
  const wrong = wrongAnswers(cases)
  const refused = refusals(cases)
  const sources = [...new Set(report.instances.flatMap(({ source }) => source ?? []))]
  return markup`${list([...(savings.length === 0 ? [] : [`Savings: ${START_SENTENCE}`]), ...rules])}
<h3>Who took part</h3>
${renderDataTable(
  tabulate(
    'Contestants',
    [
      ['name', 'left', ({ name }) => name],
      ['kind', 'left', ({ kind, places }) => `${kinds[kind]}${places ? '' : ', bounds alone'}`],
      ['what it is', 'left', ({ description }) => description],
      ['versions', 'left', ({ versions }) => versions.join(', ')]
    ],
    report.contestants
  )
)}
${renderBoundsAlone(scene)}<h3>Wrong answers</h3>
${wrong.length === 0 ? markup`<p>None.</p>` : list(wrong)}
${section('Broke down, or had to be killed', breakdowns(report))}${section('Too late', lateAnswers(cases))}${section('Refused', refused)}${section('Where the instances come from', sources)}`
}

/** @type {Record<Scene['report']['contestants'][number]['kind'], string>} */
const kinds = { engine: 'this package', part: 'a part of it alone', solver: 'solver', policy: 'policy' }

/** Nothing where there is nothing. @type {(title: string, items: readonly string[]) => Content} */
const section = (title, items) => items.length > 0 && markup`<h3>${title}</h3>\n${list(items)}\n`

/**
 * What the report says is missing, what of the page is left out for that, and what does not fit together.
 *
 * @type {(scene: Scene, leftOut: readonly string[]) => string[]}
 */
export function absences({ report, race, cases }, leftOut) {
  return [
    ...report.absent,
    ...leftOut,
    ...race.incomplete.map(
      ({ contestant, cases: number }) =>
        `${quoted(contestant.name)} is in no picture of the race: it ran on ${number} of ${count(race.cases.length, 'instance')} only.`
    ),
    ...listDoubts(report, cases)
  ]
}
