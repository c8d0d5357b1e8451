import { expect, test } from 'vitest'
import { barChart } from '../../../src/report/svg/bar-chart.js'
import { heatMap } from '../../../src/report/svg/heat-map.js'
import { lineChart } from '../../../src/report/svg/line-chart.js'
import { writeSvgFile } from '../../../src/report/svg/picture.js'
import { scatterCurve } from '../../../src/report/svg/scatter-curve.js'
import { steppedArea } from '../../../src/report/svg/stepped-area.js'

const time = { label: 'time', kind: 'time' } as const
const cost = { label: 'cost', unit: 'an hour' } as const
const nodes = { label: 'nodes', kind: 'whole' } as const

/** The words of a picture, in their order. */
const wordsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, words]) => words)

test('a small line chart, to the letter', () => {
  const chart = {
    title: 'Cost found',
    x: time,
    y: cost,
    series: [
      {
        name: 'found',
        shape: 'step' as const,
        points: [
          { x: 0, y: 30 },
          { x: 3, y: 20 },
          { x: 10, y: 17 }
        ]
      }
    ]
  }
  expect(`\n${lineChart(chart, { width: 360, height: 100 }).text}\n`).toMatchInlineSnapshot(`
    "
    <svg class="chart" viewBox="0 0 360 221" role="img" aria-labelledby="chart-title chart-description"><title id="chart-title">Cost found</title><desc id="chart-description">cost, an hour against time. found: 30 to 17, at most 30.</desc><text class="title" x="0" y="18">Cost found</text><path class="line s1" d="M0,38.5h18"/><text x="24" y="42.5">found</text>
    <text class="faint" x="0" y="61">cost, an hour</text>
    <text class="faint end" x="15.4" y="179">0</text><path class="grid" d="M23.4,108.3H350"/><text class="faint end" x="15.4" y="112.3">20</text>
    <path class="line s1" d="M23.4,75h98v33.3h228.6v10"/>
    <path class="axis" d="M23.4,175H350"/>
    <path class="axis" d="M23.4,175v4"/><text class="faint middle" x="23.4" y="193">0</text><path class="axis" d="M88.7,175v4"/><text class="faint middle" x="88.7" y="193">2 s</text><path class="axis" d="M154,175v4"/><text class="faint middle" x="154" y="193">4 s</text><path class="axis" d="M219.3,175v4"/><text class="faint middle" x="219.3" y="193">6 s</text><path class="axis" d="M284.7,175v4"/><text class="faint middle" x="284.7" y="193">8 s</text><path class="axis" d="M350,175v4"/><text class="faint middle" x="346" y="193">10 s</text>
    <text class="faint end" x="350" y="213">time</text>
    </svg>
    "
  `)
})

test('a small bar chart, to the letter', () => {
  const rows = [{ label: 'g6.xlarge', values: [3, 1], note: '4.02' }]
  const chart = { title: 'Nodes', value: nodes, parts: ['reserved', 'spot'], rows }
  expect(`\n${barChart(chart, { width: 600, id: 'mix' }).text}\n`).toMatchInlineSnapshot(`
    "
    <svg class="chart" viewBox="0 0 600 112" role="img" aria-labelledby="mix-title mix-description"><title id="mix-title">Nodes</title><desc id="mix-description">nodes. Bars consist of reserved, spot. g6.xlarge: 4.</desc><text class="title" x="0" y="18">Nodes</text><rect x="0" y="33.5" width="18" height="10" rx="2" fill="url(#mix-weave-0)"/><text x="24" y="42.5">reserved</text><rect x="94.2" y="33.5" width="18" height="10" rx="2" fill="url(#mix-weave-1)"/><text x="118.2" y="42.5">spot</text><defs><pattern id="mix-weave-0" class="s1" width="6" height="6" patternUnits="userSpaceOnUse"><path class="on" d="M0,0h6v6h-6Z"/><path class="band" d="M0,0h6v6h-6Z"/></pattern><pattern id="mix-weave-1" class="s2" width="6" height="6" patternUnits="userSpaceOnUse"><path class="on" d="M0,0h6v6h-6Z"/><path class="band" d="M0,0h6v6h-6Z"/><path class="weave" d="M-1,1l2,-2M0,6l6,-6M5,7l2,-2"/></pattern></defs>
    <text class="faint" x="0" y="65">nodes</text>
    <text class="end" x="61.2" y="94.5">g6.xlarge</text><rect x="71.2" y="82.5" width="356.3" height="16" fill="url(#mix-weave-0)"/><rect x="427.5" y="82.5" width="118.8" height="16" fill="url(#mix-weave-1)"/><text class="strong" x="553.3" y="94.5">4</text><text class="faint" x="571.9" y="94.5">4.02</text>
    <path class="axis" d="M71.2,75V104"/>
    </svg>
    "
  `)
})

test('axes, marks, series and values are written', () => {
  const stack = {
    title: 'Nodes that run',
    x: time,
    y: nodes,
    starts: [0, 3600, 7200],
    bands: [
      { name: 'reserved', values: [2, 2, 2] },
      { name: 'spot', values: [0, 3, 1] }
    ],
    lines: [{ name: 'demand', values: [2, 5, 3] }]
  }
  expect(wordsOf(steppedArea(stack).text)).toEqual([
    ...['Nodes that run', 'nodes', '0', '1', '2', '3', '4', '5'],
    ...['0', '0.5 h', '1 h', '1.5 h', '2 h', '2.5 h', '3 h', 'time', 'demand', 'spot', 'reserved']
  ])
  const points = [
    { x: 0, y: 30, bound: 29 },
    { x: 4, y: 20, bound: 19 },
    { x: 9, y: 19.5, label: '19.50' }
  ]
  const curve = {
    title: 'Cost against migrations',
    x: { label: 'migrations' },
    y: cost,
    points,
    knee: 1,
    kneeLabel: 'knee: 4'
  }
  expect(wordsOf(scatterCurve(curve).text)).toEqual(expect.arrayContaining(['knee: 4', '19.50', 'at least (proven)']))
  const map = {
    title: 'Losses',
    value: { label: 'replicas' },
    columns: ['a', 'b'],
    rows: [{ label: 'chat', values: [1, null] }]
  }
  expect(wordsOf(heatMap(map).text)).toEqual(['Losses', 'replicas: from 0, faint, to 1, strong', 'a', 'b', 'chat', '1'])
})

test('without data they say so', () => {
  const empty = [
    lineChart({ title: 'none', x: time, y: cost, series: [] }),
    lineChart({ title: 'none', x: time, y: cost, series: [{ name: 'unknown', points: [{ x: 0, y: null }] }] }),
    steppedArea({ title: 'none', x: time, y: cost, starts: [], bands: [] }),
    barChart({ title: 'none', value: cost, rows: [] }),
    scatterCurve({ title: 'none', x: time, y: cost, points: [{ x: Number.NaN, y: 1 }] }),
    heatMap({ title: 'none', value: { label: 'replicas' }, columns: [], rows: [] })
  ]
  for (const { text } of empty) expect(wordsOf(text)).toEqual(['none', 'Nothing to draw'])
})

test('thousands of points become a path of a few kilobytes that still has the peak', () => {
  const points = Array.from({ length: 5000 }, (_, x) => ({ x, y: x === 3333 ? 100 : 10 + (x % 7) }))
  const { text } = lineChart({ title: 'peak', x: time, y: cost, series: [{ name: 'a', points }] })
  expect(text.length).toBeLessThan(12_000)
  const flat = lineChart({
    title: 'peak',
    x: time,
    y: cost,
    series: [{ name: 'a', points: points.map((point) => ({ ...point, y: Math.min(20, point.y) })) }]
  })
  expect(wordsOf(text)).toContain('100')
  expect(wordsOf(flat.text)).not.toContain('100')
  // Drawn to the upper end of the axis, 240 pixels above the lower.
  expect(text).toMatch(/l[\d.]+,-\d{3}/)
})

test('what is too much to be told apart is counted', () => {
  const many = Array.from({ length: 50 }, (_, index) => ({ name: `deployment ${index}`, values: [1, 2] }))
  const series = many.map(({ name }) => ({
    name,
    points: [
      { x: 0, y: 1 },
      { x: 1, y: 2 }
    ]
  }))
  expect(wordsOf(lineChart({ title: '', x: time, y: cost, series }).text)).toContain('and 38 more, not drawn')
  expect(wordsOf(steppedArea({ title: '', x: time, y: nodes, starts: [0, 1], bands: many }).text)).toContain(
    '43 others'
  )
  const rows = many.map(({ name }) => ({ label: name, values: [1] }))
  expect(wordsOf(barChart({ title: '', value: nodes, rows }).text)).toContain('and 10 more, not drawn')
})

test('a file by itself brings its colours', () => {
  const file = writeSvgFile(barChart({ title: '$& <a>', value: nodes, rows: [{ label: '$`', values: [1] }] }))
  expect(file).toMatch(
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" class="chart"[^>]*><title id="chart-title">\$&amp; &lt;a&gt;<\/title>/
  )
  expect(file).toContain('prefers-color-scheme: dark')
  expect(file.match(/<style>/g)).toHaveLength(1)
})
