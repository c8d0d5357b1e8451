import type { Result } from '../../../models/contract/result.js'
import type { Point } from '../charts/series.js'
import type { Markup } from '../markup.js'
import { formatMoney } from '../text/numbers.js'
import { lineChart } from './line-chart.js'
import type { Frame } from './picture.js'

/** The search at a moment. */
export interface SearchPoint {
  readonly seconds: number
  /** null before there is a placement. */
  readonly costPerHour: number | null
  /** What was proven by then; 0: nothing. */
  readonly bound: number
}

/** How a Result was found: every better placement, and how the search ended. Empty where none was found. */
export function searchCourse({
  solve,
  objective,
  bound
}: Pick<Result, 'solve' | 'objective' | 'bound'>): SearchPoint[] {
  const { incumbents, seconds } = solve
  if (incumbents.length === 0 || objective === undefined) return []
  return [
    ...incumbents.map((one) => ({ seconds: one.seconds, costPerHour: one.costPerHour, bound: one.bound })),
    // The last incumbent may have cost less: a safe way was found to a dearer one only.
    {
      seconds: Math.max(seconds, incumbents.at(-1)?.seconds ?? 0),
      costPerHour: objective.costPerHour,
      bound: bound?.costPerHour ?? 0
    }
  ]
}

/** Best cost and bound over time: where the two meet, nothing better is left to find. A bound of 0 is none, and not drawn. */
export function searchChart(course: readonly SearchPoint[], frame: Frame): Markup {
  const costs = course.map(({ seconds, costPerHour }): Point => ({ x: seconds, y: costPerHour }))
  const bounds = course.flatMap(({ seconds, bound }) => (bound > 0 ? [{ x: seconds, y: bound }] : []))
  return lineChart(
    {
      title: 'The best placement so far, and what was proven',
      x: { label: 'time', kind: 'time' },
      y: { label: 'cost', unit: 'an hour', zero: false },
      series: [
        { name: named('best', costs), shape: 'step', points: costs },
        ...(bounds.length === 0 ? [] : [{ name: named('bound', bounds), shape: 'step', points: bounds } as const])
      ]
    },
    frame
  )
}

function named(name: string, points: readonly Point[]): string {
  const last = points.at(-1)?.y ?? null
  return last === null ? name : `${name} ${formatMoney(last)}`
}
