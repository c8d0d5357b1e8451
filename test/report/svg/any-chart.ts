import fc from 'fast-check'
import type { Axis } from '../../../src/report/charts/axis.js'
import type { Markup } from '../../../src/report/markup.js'
import { barChart } from '../../../src/report/svg/bar-chart.js'
import { heatMap } from '../../../src/report/svg/heat-map.js'
import { lineChart } from '../../../src/report/svg/line-chart.js'
import type { Frame } from '../../../src/report/svg/picture.js'
import { scatterCurve } from '../../../src/report/svg/scatter-curve.js'
import { steppedArea } from '../../../src/report/svg/stepped-area.js'
import { anyName, anyNumber, anyPoints } from '../any-text.js'

const anyAxis: fc.Arbitrary<Axis> = fc.record({
  label: anyName,
  unit: anyName,
  kind: fc.constantFrom('number', 'whole', 'time')
})
const values = fc.array(anyNumber, { maxLength: 14 })
const unknown = fc.oneof({ weight: 9, arbitrary: anyNumber }, { weight: 1, arbitrary: fc.constant(null) })

/** Charts of every kind, of whatever a user may bring, to be drawn into any frame. */
export const anyChart: fc.Arbitrary<(frame: Frame) => Markup> = fc.oneof(
  fc
    .record({
      title: anyName,
      x: anyAxis,
      y: anyAxis,
      series: fc.array(
        fc.record({ name: anyName, points: anyPoints, shape: fc.constantFrom('line' as const, 'step' as const) }),
        { maxLength: 16 }
      )
    })
    .map((chart) => (frame: Frame) => lineChart(chart, frame)),
  fc
    .record({
      title: anyName,
      x: anyAxis,
      y: anyAxis,
      starts: fc
        .uniqueArray(fc.integer({ min: 0, max: 1e6 }), { maxLength: 14 })
        .map((all) => all.sort((a, b) => a - b)),
      bands: fc.array(fc.record({ name: anyName, values }), { maxLength: 10 }),
      lines: fc.array(fc.record({ name: anyName, values }), { maxLength: 3 })
    })
    .map((chart) => (frame: Frame) => steppedArea(chart, frame)),
  fc
    .record({
      title: anyName,
      value: anyAxis,
      parts: fc.array(anyName, { minLength: 1, maxLength: 6 }),
      isStacked: fc.boolean(),
      rows: fc.array(
        fc.record(
          {
            label: anyName,
            values: fc.array(unknown, { maxLength: 6 }),
            written: anyName,
            range: fc.tuple(anyNumber, anyNumber),
            note: anyName
          },
          { requiredKeys: ['label', 'values'] }
        ),
        { maxLength: 12 }
      )
    })
    .map(
      ({ parts, isStacked, ...chart }) =>
        (frame: Frame) =>
          barChart(isStacked ? { ...chart, parts } : chart, frame)
    ),
  fc
    .record({
      title: anyName,
      x: anyAxis,
      y: anyAxis,
      points: fc.array(fc.record({ x: anyNumber, y: anyNumber, bound: anyNumber, label: anyName }), { maxLength: 20 }),
      knee: fc.nat({ max: 20 }),
      kneeLabel: anyName
    })
    .map((chart) => (frame: Frame) => scatterCurve(chart, frame)),
  fc
    .record({
      title: anyName,
      value: fc.record({ label: anyName }),
      columns: fc.array(anyName, { maxLength: 20 }),
      rows: fc.array(fc.record({ label: anyName, values: fc.array(unknown, { maxLength: 20 }) }), { maxLength: 8 })
    })
    .map((chart) => (frame: Frame) => heatMap(chart, frame))
)

export const anyWidth = fc.constantFrom(320, 360, 480, 600, 760, 1000)
