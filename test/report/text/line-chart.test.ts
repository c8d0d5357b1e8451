import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineChart } from '../../../src/report/text/charts/line-chart.js'
import { ansiStyle, plainStyle } from '../../../src/report/text/style.js'
import { anyName, anyPoints } from '../any-text.js'
import { anyStyle, expectChart } from './chart-lines.js'

const narrow = { ...plainStyle, width: 40 }
const axes = { x: { label: 'migrations', kind: 'whole' }, y: { label: 'cost', unit: 'an hour' } } as const

test('steps hold until the next point, in Braille and in ASCII', () => {
  const points = [
    { x: 0, y: 30 },
    { x: 4, y: 20 },
    { x: 10, y: 12 }
  ]
  const series = [{ name: 'cost', points, shape: 'step' as const }]
  expect(`\n${lineChart(series, narrow, { ...axes, height: 5 }).join('\n')}\n`).toMatchInlineSnapshot(`
    "
    cost, an hour
       │⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⡇
    20 ┤              ⠧⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⠤⢤
       │                                   ⢸
       │
     0 ┤
       └┬──────┬──────┬──────┬──────┬──────┬
        0      2      4      6      8     10
                                  migrations
    "
  `)
  expect(
    `\n${lineChart(series, { ...narrow, ascii: true }, { ...axes, height: 5 }).join('\n')}\n`
  ).toMatchInlineSnapshot(`
    "
    cost, an hour
       |***************
    20 +              **********************
       |                                   *
       |
     0 +
       ++------+------+------+------+------+
        0      2      4      6      8     10
                                  migrations
    "
  `)
})

test('every line is named where it ends, and names keep apart', () => {
  const level = (name: string, y: number) => ({ name, points: [0, 3600].map((x) => ({ x, y })) })
  const lines = lineChart([level('demand', 10), level('capacity', 10.1), level('bound', 2)], narrow, {
    x: { label: 'time', kind: 'time' },
    y: { label: 'GPUs' },
    height: 6
  })
  expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
    "
    GPUs
       │
    10 ┤⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉ ⠤⠤⠤⠤ demand
       │                       ⠤⠤⠄⠠ capacity
     5 ┤
       │⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⡀⢀ ⣀ ⠄⠠ ⠤ bound
     0 ┤
       └┬──────────┬─────────┬
        0       30 min  60 min
                          time
    "
  `)
})

test('names go below where they leave the picture no room', () => {
  const series = ['one', 'another'].map((name) => ({
    name,
    points: [
      { x: 0, y: 1 },
      { x: 1, y: 2 }
    ]
  }))
  const lines = lineChart(series, { ...narrow, width: 24 }, axes)
  expect(lines.slice(-2).map((line) => line.trim())).toEqual(['⠤⠤⠤⠤ one', '⠤⠤⠄⠠ another'])
})

test('a line in a terminal with colours has one of its own', () => {
  const series = ['a', 'b'].map((name, index) => ({
    name,
    points: [
      { x: 0, y: index },
      { x: 1, y: index }
    ]
  }))
  const drawn = lineChart(series, ansiStyle, axes).join('\n')
  for (const colour of [36, 33]) expect(drawn).toContain(`\x1b[${colour}m`)
})

test('one peak among thousands of points is seen', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4999 }), (peak) => {
      const points = Array.from({ length: 5000 }, (_, x) => ({ x, y: x === peak ? 80 : 1 }))
      const [, top = ''] = lineChart([{ name: 'demand', points }], narrow, axes)
      expect(top).toMatch(/[\u2801-\u28ff]/)
    }),
    { numRuns: 20 }
  )
})

test.each([
  [[]],
  [[{ name: 'empty', points: [] }]],
  [[{ name: 'unknown', points: [{ x: 1, y: null }] }]],
  [[{ name: 'no numbers', points: [{ x: Number.NaN, y: 1 }] }]]
])('without a point it says so: %j', (series) => {
  expect(lineChart(series, narrow, axes)).toEqual(['cost, an hour: nothing to draw'])
})

test('whatever the points, it keeps to the width and drives no terminal', () => {
  const anySeries = fc.record({
    name: anyName,
    points: anyPoints,
    shape: fc.constantFrom('line' as const, 'step' as const)
  })
  const anyAxis = fc.record({
    label: anyName,
    unit: anyName,
    kind: fc.constantFrom('number' as const, 'whole' as const, 'time' as const)
  })
  fc.assert(
    fc.property(fc.array(anySeries, { maxLength: 5 }), anyAxis, anyAxis, anyStyle, (series, x, y, style) => {
      expectChart(lineChart(series, style, { x, y }), style)
    })
  )
})
