import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stackedBars } from '../../../src/report/text/charts/stacked-bars.js'
import { plainStyle } from '../../../src/report/text/style.js'
import { anyName, anyNumber } from '../any-text.js'
import { anyStyle, expectChart } from './chart-lines.js'

const rows = [
  { label: 'chat', values: [10, 5, 5] },
  { label: 'code', values: [2, 0, 8], note: 'mostly spot' }
]

test('parts are shaded, summed and named', () => {
  expect(stackedBars(['reserved', 'on-demand', 'spot'], rows, { ...plainStyle, width: 43 })).toEqual([
    'chat  ██████████▒▒▒▒▒░░░░░  20',
    'code  ██░░░░░░░░            10  mostly spot',
    '██ reserved   ▒▒ on-demand   ░░ spot'
  ])
  expect(stackedBars(['reserved', 'on-demand', 'spot'], rows, { ...plainStyle, width: 43, ascii: true })[0]).toBe(
    'chat  ##########=====-----  20'
  )
})

test('whatever the rows, they keep to the width and drive no terminal', () => {
  const anyRow = fc.record({ label: anyName, values: fc.array(anyNumber, { maxLength: 9 }), note: anyName })
  fc.assert(
    fc.property(
      fc.array(anyName, { maxLength: 8 }),
      fc.array(anyRow, { maxLength: 6 }),
      anyStyle,
      (parts, drawn, style) => {
        expectChart(stackedBars(parts, drawn, style), style)
      }
    )
  )
})

test('a bar is as long as its sum, however it is divided', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 6 }), (values) => {
      const names = values.map((_, index) => `part ${index}`)
      const whole = values.map((_, index) => (index === 0 ? values.reduce((sum, value) => sum + value, 0) : 0))
      const [one = '', other = ''] = stackedBars(
        names,
        [
          { label: 'a', values },
          { label: 'b', values: whole }
        ],
        plainStyle
      )
      const blocks = (line: string) => line.replace(/[^█▒░▓▞▤]/g, '').length
      expect(blocks(one)).toBe(blocks(other))
    })
  )
})
