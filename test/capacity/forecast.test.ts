import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ForecastChoice, forecastChoice } from '../../models/contract/study.js'
import type { Forecast } from '../../src/capacity/forecast/forecast.js'
import { readForecast } from '../../src/capacity/forecast/read-forecast.js'
import { refusalOf } from './refusal.js'

const choice = (given: object): ForecastChoice => forecastChoice.parse(given)
const read = (input: unknown, given: object = {}) => readForecast(input, choice(given))
const valuesOf = ({ series }: Forecast) =>
  Object.fromEntries([...series].map(([name, { values }]) => [name, [...values]]))

describe('the request rates of ServeGen', () => {
  const text = readFileSync(new URL('../../fixtures/capacity/servegen-rates-10min.csv', import.meta.url), 'utf8')

  test('are read as they are, shorter series repeated', () => {
    const forecast = read(text, { shorter: 'repeat' })
    expect(forecast).toMatchObject({ stepSeconds: 600, periods: 2016 })
    expect(forecast.startsAt).toBeUndefined()
    expect([...forecast.series.keys()]).toEqual([
      'language/m-large',
      'language/m-mid',
      'language/m-small',
      'multimodal/mm-image',
      'reason/deepseek-r1'
    ])
    const image = forecast.series.get('multimodal/mm-image')
    expect(image?.unit).toBe('requestsPerSecond')
    expect(image?.values.slice(144, 288)).toEqual(image?.values.slice(0, 144))
    expect(forecast.notes).toEqual([
      'forecast: columns passed over: activeClients',
      'forecast: repeated up to 2016 values: "multimodal/mm-image" (144), "reason/deepseek-r1" (144)'
    ])
  })

  test('end at different times, which is refused where the study does not say otherwise', () => {
    const expected = '2016, as "language/m-large" has ("shorter": "repeat" in the forecast of a study repeats it)'
    expect(refusalOf(() => read(text))).toEqual([
      `row 6193, column t_s: found the end of "multimodal/mm-image" after 144 values, expected ${expected}`,
      `row 6337, column t_s: found the end of "reason/deepseek-r1" after 144 values, expected ${expected}`
    ])
  })

  test('have as many requests as the file says', () => {
    const forecast = read(text, { shorter: 'repeat' })
    const lines = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
    for (const name of ['language/m-small', 'language/m-mid', 'language/m-large']) {
      const sum = lines.reduce((total, [workload, , rate]) => total + (workload === name ? Number(rate) : 0), 0)
      expect(forecast.series.get(name)?.values.reduce((total, rate) => total + rate, 0)).toBeCloseTo(sum, 6)
    }
  })

  test('may be read in part', () => {
    const whole = read(text, { shorter: 'repeat' })
    const day = read(text, { shorter: 'repeat', from: 86_400, to: 172_800 })
    expect(day.periods).toBe(144)
    for (const [name, { values }] of day.series) expect(values).toEqual(whole.series.get(name)?.values.slice(144, 288))
  })
})

describe('a table', () => {
  const wide = 'time,chat,embed\n2026-11-02T00:00:00Z,3,1\n2026-11-02T01:00:00+00:00,4,2\n2026-11-02 02:00,5,0\n'

  test('may have a column for each deployment: replicas', () => {
    expect(read(wide)).toMatchObject({ stepSeconds: 3600, periods: 3, startsAt: '2026-11-02T00:00:00.000Z', notes: [] })
    expect(valuesOf(read(wide))).toEqual({ chat: [3, 4, 5], embed: [1, 2, 0] })
    expect(read(wide).series.get('chat')?.unit).toBe('replicas')
    expect(read(wide, { unit: 'requestsPerSecond' }).series.get('chat')?.unit).toBe('requestsPerSecond')
  })

  test('may have a row for each deployment and moment, in any order of deployments', () => {
    const long = 'Time,Deployment,Replicas\n0,a,1\n0,b,5\n60,b,6\n60,a,2\n'
    expect(valuesOf(read(long))).toEqual({ a: [1, 2], b: [5, 6] })
    expect(read(long)).toMatchObject({ stepSeconds: 60, periods: 2 })
  })

  test('may be rows of JSON, or series', () => {
    const rows = [
      { time: '2026-11-02', a: 1 },
      { time: '2026-11-03', a: 2 }
    ]
    expect(read(rows)).toMatchObject({ stepSeconds: 86_400, startsAt: '2026-11-02T00:00:00.000Z' })
    const list = {
      stepSeconds: 300,
      startsAt: '2026-11-02T01:00:00+01:00',
      unit: 'requestsPerSecond',
      series: { a: [1, 2.5], b: [0] }
    }
    expect(read(list, { shorter: 'repeat' })).toMatchObject({
      stepSeconds: 300,
      periods: 2,
      startsAt: '2026-11-02T00:00:00.000Z',
      notes: ['forecast: repeated up to 2 values: "b" (1)']
    })
    expect(valuesOf(read(list, { shorter: 'repeat' }))).toEqual({ a: [1, 2.5], b: [0, 0] })
  })

  test('of one moment needs the step from the study', () => {
    expect(read('time,a\n0,3\n', { step: 60 })).toMatchObject({ stepSeconds: 60, periods: 1 })
    expect(refusalOf(() => read('time,a\n0,3\n'))).toEqual([
      'row 2: found a single moment, expected a second one, or the "step" in the forecast of the study'
    ])
  })

  test('may end early in a column', () => {
    const early = 'time,a,b\n0,1,2\n60,3,\n120,4,\n'
    expect(valuesOf(read(early, { shorter: 'repeat' }))).toEqual({ a: [1, 3, 4], b: [2, 2, 2] })
    expect(refusalOf(() => read(early))).toEqual([
      'row 2, column b: found the end of "b" after 1 value, expected 3, as "a" has ("shorter": "repeat" in the forecast of a study repeats it)'
    ])
  })

  test.each([
    [{ from: '2026-11-02T01:00:00Z' }, [4, 5], '2026-11-02T01:00:00.000Z'],
    [{ from: 1, to: '2026-11-02T02:00:00Z' }, [4], '2026-11-02T01:00:00.000Z'],
    [{ to: 3600 }, [3], '2026-11-02T00:00:00.000Z'],
    [{ from: 0, to: 10_800 }, [3, 4, 5], '2026-11-02T00:00:00.000Z']
  ])('is read from %j', (part, chat, startsAt) => {
    expect(valuesOf(read(wide, part)).chat).toEqual(chat)
    expect(read(wide, part).startsAt).toBe(startsAt)
  })

  const span = 'expected 0 to 10800 seconds, or 2026-11-02T00:00:00.000Z to 2026-11-02T03:00:00.000Z'
  test.each([
    [{ to: 10_801 }, `forecast.to: found 10801, ${span}`],
    [{ from: 10_800 }, `forecast.from: found 10800, ${span}`],
    [{ from: '2026-11-01' }, `forecast.from: found "2026-11-01", ${span}`],
    [{ from: 3600, to: 3000 }, 'forecast.to: found 3000, expected a moment after the one of "from"'],
    [{ from: 'noon' }, 'forecast.from: found "noon", expected seconds, or a date-time']
  ])('is not read from %j', (part, message) => {
    expect(refusalOf(() => read(wide, part))).toEqual([message])
  })

  test('without dates takes none', () => {
    expect(refusalOf(() => read('time,a\n0,1\n60,1\n', { from: '2026-11-02' }))).toEqual([
      'forecast.from: found "2026-11-02", expected seconds from the first row: the forecast has no dates'
    ])
  })
})

describe('what is wrong is named by row and column', () => {
  test.each([
    [
      'a,b\n1,2\n',
      ['row 1: found the columns a, b, expected a column of times: t_s, time, timestamp, datetime, date, seconds']
    ],
    [
      'workload,t_s,rps\na,0,3\n',
      ['row 1: found the columns workload, t_s, rps, expected a column "requestsPerSecond" or "replicas"']
    ],
    [
      't_s,replicas\n0,3\n',
      [
        'row 1: found the columns t_s, replicas, expected a column "workload" or "deployment" (or a column for each deployment, named after it)'
      ]
    ],
    [
      'workload,t_s,replicas,requestsPerSecond\na,0,3,1\n',
      ['row 1: found both "requestsPerSecond" and "replicas", expected one of them']
    ],
    [
      'time,a,b\n0,1,2\n600,3,x\n1200,"1,5",12 rps\n1800,-3,$3.20\n2400,,7\n3000,5,5\n',
      [
        'row 3, column b: found "x", expected a number: replicas',
        'row 4, column a: found "1,5", expected a number such as 1234.5: replicas (a point before decimals, and nothing between thousands)',
        'row 4, column b: found "12 rps", expected a number without a unit: replicas',
        'row 5, column a: found -3, expected at least 0: replicas',
        'row 5, column b: found "$3.20", expected a number without a unit: replicas',
        'row 6, column a: found an empty cell, expected a number: replicas'
      ]
    ],
    [
      'workload,t_s,requestsPerSecond\na,0,1 rps\n,600,1\na,1200,-0.5\n',
      [
        'row 2, column requestsPerSecond: found "1 rps", expected a number without a unit: requests per second',
        'row 3, column workload: found an empty cell, expected the name of a deployment or workload',
        'row 4, column requestsPerSecond: found -0.5, expected at least 0: requests per second'
      ]
    ],
    [
      'time,a\n0,1\nnoon,1\n2026-11-02,1\n,1\n-60,1\n2026-02-31T00:00:00Z,1\n',
      [
        'row 3, column time: found "noon", expected seconds, or a date-time such as 2026-11-01T08:00:00Z',
        'row 4, column time: found "2026-11-02", expected seconds, as in row 2',
        'row 5, column time: found an empty cell, expected seconds, or a date-time such as 2026-11-01T08:00:00Z',
        'row 6, column time: found -60, expected seconds, or a date-time such as 2026-11-01T08:00:00Z',
        'row 7, column time: found "2026-02-31T00:00:00Z", expected seconds, or a date-time such as 2026-11-01T08:00:00Z'
      ]
    ],
    ['time,a\n2026-11-02,1\n60,1\n', ['row 3, column time: found "60", expected a date-time, as in row 2']],
    [
      'time,a,b\n0,1,1\n60,1,1\n240,1,1\n300,1,1\n',
      ['row 4, column time: found 240, with 2 missing after row 3, expected 120: a value every 60 s']
    ],
    [
      'time,a\n0,1\n60,1\n60,1\n120,1\n',
      ['row 4, column time: found 60 a second time, expected every time once: row 3 has it']
    ],
    [
      'time,a\n0,1\n60,1\n180,1\n120,1\n180,1\n',
      [
        'row 4, column time: found 180, with 1 missing after row 3, expected 120: a value every 60 s',
        'row 5, column time: found 120 after 180, expected times in ascending order'
      ]
    ],
    [
      'time,a\n0,1\n60,1\n120,1\n210,1\n',
      ['row 5, column time: found 210, 90 s after row 4, expected 180: a value every 60 s']
    ],
    [
      'time,a\n2026-11-02T00:00Z,1\n2026-11-02T01:00Z,1\n2026-11-02T04:00Z,1\n',
      [
        'row 4, column time: found 2026-11-02T04:00:00.000Z, with 2 missing after row 3, expected 2026-11-02T02:00:00.000Z: a value every 3600 s'
      ]
    ],
    [
      'workload,t_s,replicas\na,0,1\na,60,1\na,120,1\nb,60,1\nb,120,1\n',
      ['row 5, column t_s: found 60 as the first time of "b", expected 0, with which "a" begins']
    ],
    [
      'workload,t_s,replicas\na,0,1\na,60,1\na,120,1\nb,0,1\nb,30,1\n',
      ['row 6, column t_s: found 30, 30 s after row 5, expected 60: a value every 60 s']
    ],
    ['time,a,b\n0,1,\n60,1,\n', ['row 1, column b: found no values, expected at least one']]
  ])('%j', (text, messages) => {
    expect(refusalOf(() => read(text))).toEqual(messages)
  })

  test.each([
    [
      [
        { time: 0, a: 1 },
        { time: 60, a: -2 }
      ],
      ['[1].a: found -2, expected at least 0: replicas']
    ],
    [
      [{ time: 0, a: 1 }, { time: 60 }, { time: 120, a: 2 }],
      ['[1].a: found an empty cell, expected a number: replicas']
    ],
    [{ stepSeconds: 60, series: {} }, ['series: found an empty mapping, expected at least one series']],
    [{ stepSeconds: 60, series: { a: [1, -2] } }, ['series.a[1]: found -2, expected a number of at least 0']],
    [
      { stepSeconds: 60, series: { a: [1, 2], b: [1] } },
      [
        'series.b: found the end of "b" after 1 value, expected 2, as "a" has ("shorter": "repeat" in the forecast of a study repeats it)'
      ]
    ],
    [null, [': found null, expected rows, or series { stepSeconds, series }']]
  ])('%j', (rows, messages) => {
    expect(refusalOf(() => read(rows))).toEqual(messages)
  })

  test('a step other than that of the study', () => {
    expect(refusalOf(() => read('time,a\n0,1\n60,1\n', { step: 600 }))).toEqual([
      'row 3, column time: found 60, 60 s after row 2, expected 600: a value every 600 s'
    ])
    expect(refusalOf(() => read({ stepSeconds: 60, series: { a: [1] } }, { step: 600 }))).toEqual([
      'stepSeconds: found 60, expected 600, the "step" of the study'
    ])
  })
})

describe('a trace of requests', () => {
  const trace =
    'TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:00:00.5000000,1,1\n2023-11-16 18:00:10.4000000,1,1\n2023-11-16 18:00:05,1,1\n2023-11-16 18:00:21.0,1,1\n'

  test('is counted by whole steps from its first request on, in any order', () => {
    const forecast = read(trace, { step: 10 })
    expect(forecast).toMatchObject({ stepSeconds: 10, periods: 2, startsAt: '2023-11-16T18:00:00.500Z' })
    expect(valuesOf(forecast)).toEqual({ requests: [0.3, 0] })
    expect(forecast.notes).toEqual(['forecast: 3 requests in 2 steps of 10 s; 1 left out after the last whole one'])
  })

  test('is counted by 10 minutes where the study says no step', () => {
    expect(refusalOf(() => read(trace))).toEqual([
      ': found requests of 20.5 s, expected at least one step of 600 s ("step" in the forecast of a study is in seconds)'
    ])
    expect(refusalOf(() => read(trace, { step: 1e-6 }))).toEqual([
      ': found requests of 20.5 s, expected at most 1000000 steps ("step" in the forecast of a study is in seconds)'
    ])
  })

  test('loses and invents no request', () => {
    const seconds = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 2, maxLength: 200 })
    fc.assert(
      fc.property(seconds, fc.integer({ min: 1, max: 900 }), (times, step) => {
        const first = Math.min(...times)
        const periods = Math.floor((Math.max(...times) - first) / step)
        fc.pre(periods > 0)
        const forecast = read(`seconds\n${times.join('\n')}\n`, { step })
        const counted = times.filter((time) => time < first + periods * step).length
        const sum = forecast.series.get('requests')?.values.reduce((total, rate) => total + rate * step, 0)
        expect(forecast.periods).toBe(periods)
        expect(sum).toBeCloseTo(counted, 6)
      }),
      { seed: 4 }
    )
  })
})

test('what is written as any of the forms is read as the same', () => {
  const series = fc.dictionary(
    fc
      .string({ unit: fc.constantFrom('a', 'b', ' ', '/', '"', ',', 'é') })
      .filter((name) => name.trim() === name && !/^(|time|workload)$/.test(name)),
    fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 3, maxLength: 3 }),
    { minKeys: 1, maxKeys: 4, noNullPrototype: true }
  )
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 86_400 }), (given, step) => {
      const names = Object.keys(given)
      const moments = [0, 1, 2]
      const wide = [
        ['time', ...names].map(quote).join(','),
        ...moments.map((at) => [at * step, ...names.map((name) => given[name]?.[at])].join(','))
      ].join('\n')
      const long = [
        'workload,t_s,replicas',
        ...moments.flatMap((at) => names.map((name) => `${quote(name)},${at * step},${given[name]?.[at]}`))
      ].join('\n')
      for (const form of [wide, long, { stepSeconds: step, series: given }]) {
        const forecast = read(form)
        expect(forecast.stepSeconds).toBe(step)
        expect(valuesOf(forecast)).toEqual(
          Object.fromEntries(names.map((name) => [name, given[name]?.map((value) => value + 0)]))
        )
      }
    }),
    { seed: 5, numRuns: 200 }
  )
})
