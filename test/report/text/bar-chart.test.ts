import fc from 'fast-check'
import { expect, test } from 'vitest'
import { barChart } from '../../../src/report/text/charts/bar-chart.js'
import { plainStyle } from '../../../src/report/text/style.js'
import { anyName, anyNumber } from '../any-text.js'
import { anyStyle, expectChart } from './chart-lines.js'

const narrow = { ...plainStyle, width: 60 }

test('bars are exact to an eighth of a column, and what is not 0 is seen', () => {
  const rows = [
    { label: 'g6.xlarge', value: 12 },
    { label: 'g6.xlarge:spot', value: 6 },
    { label: 'p5', value: 0.001 },
    { label: 'none', value: 0 },
    { label: 'unknown', value: null, note: 'no price' }
  ]
  expect(barChart(rows, narrow, { format: (value) => value.toFixed(2) })).toEqual([
    'g6.xlarge       ███████████████████████████  12.00',
    'g6.xlarge:spot  █████████████▌                6.00',
    'p5              ▏                             0.00',
    'none                                          0.00',
    'unknown                                          –  no price'
  ])
})

test('values below 0 are drawn to the other side of a common line', () => {
  const rows = [
    { label: 'cheaper', value: -30 },
    { label: 'dearer', value: 10 }
  ]
  expect(barChart(rows, { ...plainStyle, width: 35, ascii: true })).toEqual([
    'cheaper  ################       -30',
    'dearer                   #####   10'
  ])
})

test('notes without room beside the bars stand below them', () => {
  const rows = [{ label: 'chat', value: 3, note: 'spot where its floor allows' }]
  expect(barChart(rows, { ...plainStyle, width: 24 })).toEqual([
    'chat  ███████████████  3',
    '    spot where its floor',
    '    allows'
  ])
})

test('nothing gives nothing', () => {
  expect(barChart([], narrow)).toEqual([])
})

test('whatever the rows, they keep to the width and drive no terminal', () => {
  const anyRow = fc.record({ label: anyName, value: fc.oneof(anyNumber, fc.constant(null)), note: anyName })
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 8 }), anyStyle, (rows, style) => {
      expectChart(barChart(rows, style), style)
    })
  )
})

test('longer bars are of larger values', () => {
  const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 6 })
  fc.assert(
    fc.property(values, (drawn) => {
      const rows = drawn.map((value, index) => ({ label: `row ${index}`, value }))
      const lengths = barChart(rows, narrow, { format: () => '' }).map((line) => line.length)
      for (const [one, value] of drawn.entries()) {
        for (const [other, less] of drawn.entries())
          if (value > less) expect(lengths[one]).toBeGreaterThanOrEqual(lengths[other] ?? 0)
      }
    })
  )
})
