import type { Series } from '../charts/series.js'
import type { CostPoint } from '../cluster/cost-path.js'
import type { Markup } from '../markup.js'
import { formatAmount } from '../text/numbers.js'
import { lineChart } from './line-chart.js'
import type { Frame } from './picture.js'

/** What the best plans cost by their migrations, as `capacity curve` answers. */
export interface Frontier {
  readonly points: readonly FrontierPoint[]
  /** Index of the point beyond which more migrations bring little; null where there is none. */
  readonly knee: number | null
}

export interface FrontierPoint {
  readonly migrations: number
  readonly costPerHour: number
  /** Proven: no plan with as many migrations costs less. */
  readonly bound: number
}

export const NO_FRONTIER: Frontier = { points: [], knee: null }

/** What is paid after so many migrations of a plan, and what the best plans with so many cost; what has no more than the outset is left out. */
export function costChart(path: readonly CostPoint[], frontier: Frontier, frame: Frame): Markup {
  return lineChart(
    {
      title: 'What is paid after so many migrations',
      x: { label: 'migrations', kind: 'whole', zero: true },
      y: { label: 'cost', unit: 'an hour', zero: false },
      series: [
        ...(path.length > 1 ? [ownSeries(path)] : []),
        ...(frontier.points.length > 0 ? frontierSeries(path, frontier) : [])
      ]
    },
    frame
  )
}

/** The point beyond which more migrations bring little. */
export function kneeOf({ points, knee }: Frontier): FrontierPoint | undefined {
  return knee === null ? undefined : points[knee]
}

function ownSeries(path: readonly CostPoint[]): Series {
  return {
    name: 'this plan',
    shape: 'step',
    points: path.map(({ migrations, costPerHour }) => ({ x: migrations, y: costPerHour }))
  }
}

/** The curve, what is proven, and a stroke at the knee. */
function frontierSeries(path: readonly CostPoint[], curve: Frontier): Series[] {
  const { points } = curve
  const knee = kneeOf(curve)
  const lowest = [...path, ...points]
    .map((point) => ('bound' in point ? Math.min(point.bound, point.costPerHour) : point.costPerHour))
    .reduce((least, cost) => Math.min(least, cost))
  return [
    {
      name: 'best plan for so many',
      shape: 'step',
      points: points.map(({ migrations, costPerHour }) => ({ x: migrations, y: costPerHour }))
    },
    {
      name: 'nothing costs less',
      shape: 'step',
      points: points.map(({ migrations, bound }) => ({ x: migrations, y: bound }))
    },
    ...(knee === undefined
      ? []
      : [
          {
            name: `knee at ${formatAmount(knee.migrations)}`,
            points: [
              { x: knee.migrations, y: knee.costPerHour },
              { x: knee.migrations, y: lowest }
            ]
          }
        ])
  ]
}
