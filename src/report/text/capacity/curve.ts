import type { CurveAnswer, CurvePoint } from '../../../capacity/curve/curve.js'
import { lineChart } from '../charts/line-chart.js'
import { wrap } from '../layout.js'
import { formatAmount, formatCount, formatDuration, formatMoney, formatPercent } from '../numbers.js'
import { plainStyle, type Style } from '../style.js'
import { joinSections, renderNotes, renderTable, titleOf } from './answer-text.js'

/** So few points are seen in the table. */
const FEWEST = 4

/** Cost against migrations for people: a line for each point, the knee marked. Ends with a newline. */
export function renderCurve(answer: CurveAnswer, style: Style = plainStyle): string {
  return joinSections([
    titleOf(answer, style),
    describeKnee(answer, style),
    renderPoints(answer, style),
    renderPicture(answer, style),
    renderNotes(answer, style)
  ])
}

function describeKnee({ points, knee }: CurveAnswer, style: Style): string[] {
  const point = knee === null ? undefined : points[knee]
  const last = points.at(-1)
  if (point === undefined || last === undefined) return []
  const share = last.saving > 0 ? point.saving / last.saving : 1
  const text = `Knee at ${style.strong(formatCount(point.migrations, 'migration'))} of ${formatAmount(last.migrations)}: ${formatPercent(share)} of all that can be saved.`
  return wrap(text, style.width - 2).map((line) => `  ${line}`)
}

function renderPoints({ points, knee, price }: CurveAnswer, style: Style): string[] {
  const rows = points.map((point, index) => [
    index === knee ? '→' : '',
    point.maxMigrations === null ? 'any' : formatAmount(point.maxMigrations),
    formatAmount(point.migrations),
    formatMoney(point.costPerHour),
    point.gap <= 1e-6 ? style.good('proven') : formatPercent(point.gap),
    formatMoney(point.saving),
    point.savingPerMigration === null ? '' : formatMoney(point.savingPerMigration),
    ...(price === null ? [] : [describePayback(point)]),
    formatDuration(point.makespanSeconds)
  ])
  const heads = ['', 'at most', 'moves', 'cost', 'gap', 'saves', 'per move']
  const ends = ['left', ...heads.slice(1).map(() => 'right')] as ('left' | 'right')[]
  return renderTable(
    [...heads, ...(price === null ? [] : ['pays back in']), 'takes'],
    rows,
    [...ends, ...(price === null ? [] : (['right'] as const)), 'right'],
    style
  )
}

function renderPicture({ points }: CurveAnswer, style: Style): string[] {
  if (points.length < FEWEST) return []
  const course = (name: string, levelOf: (point: CurvePoint) => number) => ({
    name,
    points: points.map((point) => ({ x: point.migrations, y: levelOf(point) }))
  })
  return lineChart(
    [course('cost', ({ costPerHour }) => costPerHour), course('proven', ({ bound }) => bound)],
    { ...style, width: style.width - 2 },
    { x: { label: 'migrations', kind: 'whole' }, y: { label: 'cost', unit: 'an hour', zero: false }, height: 8 }
  ).map((line) => `  ${line}`)
}

function describePayback({ paybackHours }: CurvePoint): string {
  return paybackHours === null ? '' : formatDuration(paybackHours * 3600)
}
