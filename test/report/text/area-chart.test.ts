import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaChart } from '../../../src/report/text/charts/area-chart.js'
import { plainStyle } from '../../../src/report/text/style.js'
import { anyName, anyNumber } from '../any-text.js'
import { anyStyle, expectChart } from './chart-lines.js'

const axes = { x: { label: 'time', kind: 'time' }, y: { label: 'nodes', kind: 'whole' } } as const
const narrow = { ...plainStyle, width: 44 }

test('bands stand on each other, with lines before them and names beside them', () => {
  const stack = {
    starts: [0, 3600, 7200, 10_800],
    bands: [
      { name: 'reserved', values: [4, 4, 4, 4] },
      { name: 'spot', values: [0, 4, 8, 2] }
    ],
    lines: [{ name: 'bound', values: [4, 6, 10, null] }]
  }
  expect(`\n${areaChart(stack, narrow, { ...axes, height: 6 }).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    nodes
       │              ▒▒▒▒▒▒▒
    10 ┤              ⡏⠉⠉⠉⠉⠉⠉        ⠒⠒ bound
       │       ▒▒▒▒▒▒▒⡇▒▒▒▒▒▒
     5 ┤⣀⣀⣀⣀⣀⣀⣀⡏⠉⠉⠉⠉⠉⠉⠁▒▒▒▒▒▒▒▒▒▒▒▒▒ ▒▒ spot
       │████████████████████████████ ██ reserved
     0 ┤████████████████████████████
       └┬─────────────┬────────────┬
        0            2 h         4 h
                                time
    "
  `)
})

test('one high period among thousands is seen', () => {
  fc.assert(
    fc.property(fc.nat({ max: 4999 }), (peak) => {
      const starts = Array.from({ length: 5000 }, (_, period) => period * 600)
      const bands = [{ name: 'nodes', values: starts.map((_, period) => (period === peak ? 100 : 1)) }]
      const [, top = ''] = areaChart({ starts, bands }, narrow, axes)
      expect(top).toContain('█')
    }),
    { numRuns: 20 }
  )
})

test('without periods it says so', () => {
  expect(areaChart({ starts: [], bands: [] }, narrow, axes)).toEqual(['nodes: nothing to draw'])
})

test('whatever the periods, it keeps to the width and drives no terminal', () => {
  const values = fc.array(anyNumber, { maxLength: 12 })
  const stack = fc.record({
    starts: fc.uniqueArray(fc.integer({ min: 0, max: 1e6 }), { maxLength: 12 }).map((all) => all.sort((a, b) => a - b)),
    bands: fc.array(fc.record({ name: anyName, values }), { maxLength: 4 }),
    lines: fc.array(fc.record({ name: anyName, values }), { maxLength: 2 })
  })
  fc.assert(
    fc.property(stack, anyStyle, (drawn, style) => {
      expectChart(areaChart(drawn, style, axes), style)
    })
  )
})
