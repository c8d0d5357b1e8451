import type { Page } from '../../../src/report/html/page.js'
import { barChart } from '../../../src/report/svg/bar-chart.js'
import { heatMap } from '../../../src/report/svg/heat-map.js'
import { lineChart } from '../../../src/report/svg/line-chart.js'
import { scatterCurve } from '../../../src/report/svg/scatter-curve.js'
import { steppedArea } from '../../../src/report/svg/stepped-area.js'
import { formatAmount, formatCount, formatMoney, formatPercent } from '../../../src/report/text/numbers.js'

const STEP = 600

/** A made-up forecast of so many periods of ten minutes: days with a busy afternoon, one with a peak, and quiet weekends. */
function makeHorizon(periods: number) {
  const starts = Array.from({ length: periods }, (_, period) => period * STEP)
  const demand = starts.map((at, period) => {
    const [day, hour] = [Math.floor(at / 86_400), (at % 86_400) / 3600]
    const busy = Math.max(0, Math.sin(((hour - 7) / 15) * Math.PI)) * (day % 7 > 4 ? 0.45 : 1)
    const peak = period % 1009 === 520 ? 14 : 0
    return Math.round(26 + 44 * busy + 3 * Math.sin(period * 1.7) * busy + peak)
  })
  const base = demand.map(() => 30)
  const spot = demand.map((needed) => Math.floor(Math.max(0, needed - 30) * 0.4))
  const onDemand = demand.map((needed, period) => Math.max(0, needed - 30 - (spot[period] ?? 0)) + 1)
  const bound = demand.map((needed) => Math.max(30, needed - 2))
  return { starts, demand, base, spot, onDemand, bound }
}

const types = [
  { label: 'g6.xlarge', reserved: 8, onDemand: 4, spot: 3, price: 0.805 },
  { label: 'g6.12xlarge', reserved: 4, onDemand: 1, spot: 0, price: 4.602 },
  { label: 'g5.xlarge', reserved: 0, onDemand: 2, spot: 6, price: 1.006 },
  { label: 'p4d.24xlarge', reserved: 1, onDemand: 0, spot: 0, price: 21.958 },
  { label: 'g4dn.xlarge', reserved: 0, onDemand: 0, spot: 2, price: 0.526 }
]

const curve = [
  [0, 61.4],
  [2, 57.2],
  [4, 51.9],
  [6, 47.1],
  [8, 44.6],
  [12, 43.2],
  [16, 42.4],
  [24, 41.9],
  [40, 41.7]
].map(([x = 0, y = 0]) => ({ x, y, bound: y - 0.9 - 0.04 * x * (x < 20 ? 1 : 0.4), label: formatMoney(y) }))

/** Answers to three questions about capacity, made up, on one page: the cheapest mix, a horizon, and cost against migrations. */
export function makePage(periods = 2016): Page {
  const { starts, demand, base, spot, onDemand, bound } = makeHorizon(periods)
  const total = starts.map((_, period) => (base[period] ?? 0) + (spot[period] ?? 0) + (onDemand[period] ?? 0))
  const hours = (period: number) => `${formatAmount((period * STEP) / 3600)} h`
  return {
    title: 'Capacity for the assistants, two weeks from Monday',
    subtitle:
      'A fixed base of 30 GPUs and the rest by the hour costs 8,412 for two weeks: 23.8 % less than what runs today, and at most 0.7 % from the best that is possible.',
    tiles: [
      { label: 'Cost of two weeks', value: '8,412', detail: '11,040 today' },
      { label: 'Saving', value: '23.8 %', detail: '2,628 in two weeks' },
      { label: 'Proven gap', value: '0.7 %', detail: 'no plan costs less than 8,353' },
      { label: 'Fits until', value: '+31 %', detail: 'growth of all deployments' }
    ],
    sections: [
      {
        heading: 'The cheapest mix for the busiest moment',
        blocks: [
          {
            kind: 'paragraph',
            text: 'Five node types carry the demand of Thursday, 15:20. Large nodes are reserved; spot nodes carry what may be taken away, within the availability floor of 60 %.'
          },
          {
            kind: 'figure',
            draw: (frame) =>
              barChart(
                {
                  title: 'Nodes to run, by type',
                  value: { label: 'nodes', kind: 'whole' },
                  parts: ['reserved', 'on demand', 'spot'],
                  rows: types.map(({ label, reserved, onDemand: bought, spot: taken, price }) => ({
                    label,
                    values: [reserved, bought, taken],
                    note: `${formatMoney(price * (reserved + bought + taken))} an hour`
                  }))
                },
                frame
              ),
            caption: 'Reserved nodes are paid for at every hour; spot nodes only while demand asks for them.'
          },
          {
            kind: 'table',
            caption: 'The mix, and what it costs an hour',
            columns: [
              { heading: 'Type' },
              { heading: 'Reserved', isNumber: true },
              { heading: 'On demand', isNumber: true },
              { heading: 'Spot', isNumber: true },
              { heading: 'Cost an hour', isNumber: true }
            ],
            rows: types.map(({ label, reserved, onDemand: bought, spot: taken, price }) => [
              label,
              ...[reserved, bought, taken].map(formatAmount),
              formatMoney(price * (reserved + bought + taken))
            ])
          },
          {
            kind: 'figure',
            draw: (frame) =>
              barChart(
                {
                  title: 'If one thing changes',
                  value: {
                    label: 'difference in cost',
                    unit: 'an hour',
                    format: (value) => `${value > 0 ? '+' : ''}${formatMoney(value)}`
                  },
                  rows: [
                    { label: 'without p4d.24xlarge', values: [3.42] },
                    { label: 'spot prices + 20 %', values: [1.1] },
                    { label: 'availability floor 80 %', values: [2.86] },
                    { label: 'g6 20 % cheaper', values: [-4.05] },
                    { label: 'one deployment less', values: [-6.31] }
                  ]
                },
                frame
              )
          }
        ]
      },
      {
        heading: 'Two weeks, period by period',
        blocks: [
          {
            kind: 'figure',
            draw: (frame) =>
              steppedArea(
                {
                  title: 'GPUs that run, against demand',
                  x: { label: 'time', kind: 'time' },
                  y: { label: 'GPUs', kind: 'whole' },
                  starts,
                  bands: [
                    { name: 'reserved', values: base },
                    { name: 'on demand', values: onDemand },
                    { name: 'spot', values: spot }
                  ],
                  lines: [
                    { name: 'demand', values: demand },
                    { name: 'bound', values: bound }
                  ]
                },
                frame
              ),
            caption: `${formatCount(periods, 'period')} of 10 minutes; the base of 30 GPUs carries nights and weekends by itself.`,
            table: {
              caption: `All ${formatCount(periods, 'period')}`,
              columns: ['Begins', 'Demand', 'Reserved', 'On demand', 'Spot', 'Total'].map((heading, index) => ({
                heading,
                isNumber: index > 0
              })),
              rows: starts.map((_, period) => [
                hours(period),
                ...[demand, base, onDemand, spot, total].map((values) => formatAmount(values[period] ?? 0))
              ])
            }
          },
          {
            kind: 'figure',
            draw: (frame) =>
              lineChart(
                {
                  title: 'Cost an hour: found and proven',
                  x: { label: 'time', kind: 'time' },
                  y: { label: 'cost', unit: 'an hour' },
                  series: [
                    {
                      name: 'this plan',
                      shape: 'step',
                      points: starts.map((x, period) => ({ x, y: (total[period] ?? 0) * 0.71 }))
                    },
                    {
                      name: 'no plan costs less',
                      shape: 'step',
                      points: starts.map((x, period) => ({ x, y: (bound[period] ?? 0) * 0.69 }))
                    },
                    { name: 'as today', points: starts.map((x) => ({ x, y: 54.2 })) }
                  ]
                },
                frame
              )
          }
        ]
      },
      {
        heading: 'How much may move',
        blocks: [
          {
            kind: 'figure',
            draw: (frame) =>
              scatterCurve(
                {
                  title: 'Cost against migrations',
                  x: { label: 'migrations', kind: 'whole' },
                  y: { label: 'cost', unit: 'an hour' },
                  points: curve,
                  knee: 4,
                  kneeLabel: 'knee: 8 migrations, 44.60'
                },
                frame
              ),
            caption: 'The first eight migrations bring most of the saving, and repay within 1.4 hours.'
          },
          {
            kind: 'figure',
            draw: (frame) =>
              heatMap(
                {
                  title: 'What still fits when one zone is lost',
                  value: { label: 'share of replicas that still fit', format: formatPercent },
                  columns: ['zone a', 'zone b', 'zone c'],
                  rows: ['chat', 'code', 'search', 'vision'].map((label, row) => ({
                    label,
                    values: [0, 1, 2].map(
                      (column) => [1, 0.82, 0.64, 0.91, 0.37, 1, 0.75, 0.5, 0, 1, 1, 0.28][row * 3 + column] ?? 0
                    )
                  }))
                },
                frame
              )
          },
          {
            kind: 'notes',
            notes: [
              'Types with a fraction of a GPU were left out: g6f.large, g6f.xlarge.',
              'Prices of 14 November; 3 types have no spot price and are not offered there.'
            ]
          }
        ]
      }
    ],
    generatedFrom: [
      ['Study', 'assistants.study.yaml'],
      ['Fingerprint', `sha256:${'3f'.repeat(32)}`],
      ['Made by', 'replica-compactor 0.1.0, seed 1'],
      ['Share of spot', formatPercent(0.274)]
    ],
    data: {
      name: 'assistants.capacity.json',
      value: { kind: 'horizon', demand, note: `</script> & 'quotes' "double" % #` }
    }
  }
}
