import type { CostPoint } from '../../cluster/cost-path.js'
import { costChart, type Frontier, kneeOf, NO_FRONTIER } from '../../svg/cost-chart.js'
import { formatAmount, formatClock, formatCount, formatMoney } from '../../text/numbers.js'
import { numbers } from '../capacity/columns.js'
import type { Block, Section, TableBlock } from '../section.js'

/** What is paid after so many migrations of this plan, and what the best plans with so many cost; null: there is nothing to draw. */
export function costSection(path: readonly CostPoint[], curve: Frontier = NO_FRONTIER): Section | null {
  const isMoved = path.length > 1
  const hasCurve = curve.points.length > 0
  if (!isMoved && !hasCurve) return null
  const figure: Block = {
    kind: 'figure',
    draw: (frame) => costChart(path, curve, frame),
    caption: [...(isMoved ? [OWN] : []), ...(hasCurve ? [BEST, ...describeKnee(curve)] : [])].join(' ')
  }
  return {
    heading: 'Cost against migrations',
    blocks: [figure, ...(isMoved ? [pathTable(path)] : []), ...(hasCurve ? [frontierTable(curve)] : [])]
  }
}

const OWN =
  'This plan, in the order of its schedule: a step down is a node given back, a step up one that is bought or was idle. Whoever stops early has saved as much as the line says.'
const BEST =
  'The best plans were found for so many migrations at most, and nothing with so many costs less than what is proven.'

function describeKnee(curve: Frontier): string[] {
  const knee = kneeOf(curve)
  if (knee === undefined) return []
  return [
    `Beyond the knee, ${formatCount(knee.migrations, 'migration')} for ${formatMoney(knee.costPerHour)} an hour, more migrations bring little.`
  ]
}

function pathTable(path: readonly CostPoint[]): TableBlock {
  return {
    kind: 'table',
    caption: 'The cost of this plan as it goes on',
    closed: true,
    columns: numbers('Migrations done', 'At', 'Cost an hour'),
    rows: path.map(({ migrations, costPerHour, seconds }) => [
      formatAmount(migrations),
      formatClock(seconds),
      formatMoney(costPerHour)
    ])
  }
}

function frontierTable({ points }: Frontier): TableBlock {
  return {
    kind: 'table',
    caption: 'The best plans for so many migrations',
    closed: true,
    columns: numbers('Migrations', 'Cost an hour', 'Proven'),
    rows: points.map(({ migrations, costPerHour, bound }) => [
      formatAmount(migrations),
      formatMoney(costPerHour),
      formatMoney(bound)
    ])
  }
}
