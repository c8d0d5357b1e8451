import { expect, test } from 'vitest'
import { searchChart, searchCourse } from '../../../src/report/svg/search-chart.js'
import { sampleResult } from '../../cli/sample-result.js'

const linesOf = (svg: string) => [...svg.matchAll(/<path class="line [^"]*"[^>]* d="([^"]*)"/g)].map(([, way]) => way)
const draw = (...course: Parameters<typeof searchChart>[0]) =>
  searchChart(course, { width: 600, height: 150, id: 'x' }).text

test('a bound of 0 is none, and nothing is drawn of it', () => {
  const found = { seconds: 1, costPerHour: 9 }
  const none = draw({ ...found, bound: 0 }, { ...found, seconds: 2, bound: 0 })
  expect(none).toContain('best 9.00')
  expect(none).not.toContain('bound')
  const some = draw({ ...found, bound: 0 }, { ...found, seconds: 2, bound: 8 }, { ...found, seconds: 3, bound: 8 })
  expect(some).toContain('bound 8.00')
  // Two lines and their samples beside it.
  expect(linesOf(some)).toHaveLength(4)
  expect(linesOf(none)).toHaveLength(2)
})

test('the course of a search ends at what the Result costs and proves', () => {
  const incumbents = [{ seconds: 1, costPerHour: 1, activeNodes: 1, bound: 0.5, producer: 'mip' as const }]
  const result = sampleResult({ solve: { seconds: 4, incumbents } })
  expect(searchCourse(result)).toEqual([
    { seconds: 1, costPerHour: 1, bound: 0.5 },
    { seconds: 4, costPerHour: 1.5, bound: 1.5 }
  ])
  expect(searchCourse({ ...result, solve: { seconds: 4, incumbents: [] } })).toEqual([])
})
