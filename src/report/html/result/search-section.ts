import type { Problem } from '../../../../models/contract/problem.js'
import type { Result } from '../../../../models/contract/result.js'
import { searchChart, searchCourse } from '../../svg/search-chart.js'
import { formatAmount, formatDuration, formatMoney } from '../../text/numbers.js'
import { describeQuality, describeSearch, isGiven } from '../../text/proof.js'
import { plainStyle } from '../../text/style.js'
import { asSentence } from '../capacity/answer-page.js'
import { numbers, words } from '../capacity/columns.js'
import type { Block, Section } from '../section.js'

/** How the answer was found: ever better placements, what was proven by then, and who did it. */
export function searchSection(problem: Problem | null, result: Result): Section {
  const { objective } = result
  const quality =
    objective === undefined || isGiven(result)
      ? []
      : problem === null
        ? []
        : [describeQuality(problem, result, objective, plainStyle)]
  const said = isGiven(result)
    ? ['the placement was given: only the migration to it was planned']
    : [...quality, describeSearch(result)]
  return {
    heading: 'The search',
    blocks: [
      ...said.map((text): Block => ({ kind: 'paragraph', text: `${asSentence(text)}.` })),
      ...incumbentFigure(result),
      ...searchTable(result)
    ]
  }
}

function incumbentFigure(result: Result): Block[] {
  const course = searchCourse(result)
  if (course.length === 0) return []
  return [
    {
      kind: 'figure',
      draw: (frame) => searchChart(course, frame),
      caption: 'Where the two meet, nothing is left to find.',
      table: {
        caption: 'Placements as they were found',
        columns: [...numbers('After', 'Cost an hour', 'Proven by then'), ...words('Found by')],
        rows: result.solve.incumbents.map((one) => [
          formatDuration(one.seconds),
          formatMoney(one.costPerHour),
          one.bound > 0 ? formatMoney(one.bound) : '',
          one.search ?? ''
        ])
      }
    }
  ]
}

function searchTable({ solve }: Result): Block[] {
  const searches = solve.searches ?? []
  if (searches.length === 0) return []
  return [
    {
      kind: 'table',
      caption: 'Who searched',
      columns: [...words('Search'), ...numbers('Took', 'Better placements', 'Best an hour', 'Proved')],
      rows: searches.map(({ name, seconds, incumbents, bestCostPerHour, bound }) => [
        name,
        formatDuration(Math.round(seconds * 10) / 10),
        formatAmount(incumbents),
        bestCostPerHour === undefined ? '' : formatMoney(bestCostPerHour),
        bound === undefined ? '' : formatMoney(bound)
      ])
    }
  ]
}
