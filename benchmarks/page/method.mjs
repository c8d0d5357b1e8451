/** How it was measured, in plain words, who took part, what was wrong and what is absent. */
import { listDoubts } from '../measures/doubts.mjs'
import { renderDataTable, tabulate } from './data-table.mjs'
import { refusals, wrongAnswers } from './faults.mjs'
import { markup } from './markup.mjs'
import { list } from './prose.mjs'
import { count, quoted } from './words.mjs'

/** @import { Content, Markup } from './markup.mjs' */
/** @import { Scene } from './scene.mjs' */

const rules = [
  'Everybody gets the same instances, the same cores and the same time. Runs are interleaved, so that a slow moment of the machine meets all alike.',
  'Putting an instance into a contestant’s own form, and its answer back, is outside the clock.',
  'An answer counts after an independent checker has found nothing against it; its cost is counted again from the placement. A bound above a placement that holds, whoever found it, is wrong, and then the whole answer is.',
  'What is wrong, refused or not found in time counts as nothing found: a gap of 100 %, and the limit as its time.',
  'Whoever is told to stop gets a second, or 5 % of the limit, to do so; what comes in it counts as found at the limit, and what comes later not at all. Times below 0.01 s count as 0.01 s where they are divided or drawn on logarithmic axes.',
  'The best known cost is the least of all placements that hold, of any contestant, and of what was known before. Who may move more may also move less: so costs count for wider limits, and bounds for narrower ones.',
  'Numbers of one instance are medians over its seeds.',
  'Primal gap and primal integral: Berthold, Measuring the impact of primal heuristics, 2013; the integral divided by the limit. Performance profiles: Dolan and Moré, 2002. Shifted geometric means: as in Mittelmann’s benchmarks and in Achterberg’s thesis, 2007. Exponents: least squares on logarithms.'
]

/** @type {(scene: Scene) => Markup} */
export function renderMethod({ report, cases }) {
  const wrong = wrongAnswers(cases)
  const refused = refusals(cases)
  const sources = [...new Set(report.instances.flatMap(({ source }) => source ?? []))]
  return markup`${list(rules)}
<h3>Who took part</h3>
${renderDataTable(
  tabulate(
    'Contestants',
    [
      ['name', 'left', ({ name }) => name],
      ['kind', 'left', ({ kind }) => kinds[kind]],
      ['what it is', 'left', ({ description }) => description],
      ['versions', 'left', ({ versions }) => versions.join(', ')]
    ],
    report.contestants
  )
)}
<h3>Wrong answers</h3>
${wrong.length === 0 ? markup`<p>None.</p>` : list(wrong)}
${section('Refused', refused)}${section('Where the instances come from', sources)}`
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
