import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StudyInput } from '../../models/contract/study.js'
import { countsAt, countsNow, demandOf } from '../../src/capacity/forecast/demand.js'
import { readForecast } from '../../src/capacity/forecast/read-forecast.js'
import { parseStudy } from '../../src/capacity/study/parse-study.js'
import { refusalOf } from './refusal.js'

const study = (deployment: object, rest: object = {}) =>
  parseStudy({
    schemaVersion: 1,
    nodeTypes: [{ type: 't', capacity: { cpu: 8 }, costPerHour: 1, maxNew: 10 }],
    deployments: [{ id: 'a', demand: { cpu: 1 }, ...deployment }],
    ...rest
  } as StudyInput)
const rates = (values: readonly number[], stepSeconds = 600) =>
  readForecast({ stepSeconds, unit: 'requestsPerSecond', series: { a: values } })
const counts = (values: readonly number[]) => readForecast({ stepSeconds: 600, series: { a: values } })
const needed = (...given: Parameters<typeof demandOf>) => [...(demandOf(...given).counts.get('a') ?? [])]

describe('replicas needed', () => {
  test('are the rate over the throughput that is planned with, rounded up', () => {
    expect(needed(study({ throughput: 10, utilisation: 0.8 }), rates([0, 1, 8, 8.01, 24]))).toEqual([0, 1, 1, 2, 3])
  })

  test('of what is a whole number but for rounding are that number', () => {
    expect(needed(study({ throughput: 0.1 }), rates([0.1 * 3, 0.3]))).toEqual([3, 3])
    expect(needed(study({ growth: 1.1 }), counts([10, 100]))).toEqual([11, 110])
  })

  test('are never fewer than the least', () => {
    expect(needed(study({ minReplicas: 2 }), counts([0, 1, 5]))).toEqual([2, 2, 5])
  })

  test('grow with all demand and that of the deployment, compounded from the first period on', () => {
    const growth = { factor: 2, perMonth: 0.5 }
    const month = 30 * 86_400
    expect(needed(study({ throughput: 1, growth: 3 }, { growth }), rates([10, 10, 10], month))).toEqual([60, 90, 135])
    const half = readForecast({ stepSeconds: month / 2, series: { a: [100, 100] } })
    expect(needed(study({}, { growth: { perMonth: 0.21 } }), half)).toEqual([100, 110])
  })

  test('of a deployment that the forecast says nothing of stay as they are', () => {
    const fixed = study({ id: 'b', replicas: 4, growth: 1.5 })
    expect(demandOf(fixed, counts([1, 2])).counts).toEqual(new Map([['b', Int32Array.of(6, 6)]]))
  })

  test('have a period, and a moment', () => {
    const forecast = readForecast({
      stepSeconds: 60,
      startsAt: '2026-11-02T00:00:00Z',
      series: { a: [1, 2], z: [7, 8] }
    })
    const demand = demandOf(study({}), forecast)
    expect(demand).toMatchObject({ periodSeconds: 60, periods: 2, startsAt: '2026-11-02T00:00:00.000Z' })
    expect(countsAt(demand, 1)).toEqual(new Map([['a', 2]]))
  })

  test('suffice, and one fewer would not', () => {
    const positive = fc.double({ min: 0.01, max: 1000, noNaN: true })
    fc.assert(
      fc.property(
        positive,
        positive,
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        positive,
        (rate, throughput, utilisation, growth) => {
          const demand = rate * growth
          fc.pre(demand / (throughput * utilisation) < 1e6)
          const [replicas = 0] = needed(study({ throughput, utilisation, growth }), rates([rate]))
          const served = throughput * utilisation
          expect(replicas * served).toBeGreaterThanOrEqual(demand * (1 - 1e-8))
          expect((replicas - 1) * served).toBeLessThan(demand)
        }
      ),
      { seed: 6 }
    )
  })

  test.each([
    [
      'no throughput',
      study({}),
      'deployments[0].throughput: found nothing, expected requests per second that one replica serves: the forecast is in requests per second'
    ],
    [
      'no series and no replicas',
      study({ id: 'b' }),
      'deployments[0].id: found "b", of which the forecast says nothing, expected one of its series: "a" (or "replicas", where its demand does not change)'
    ],
    [
      'an unknown workload',
      study({ workload: 'aa', replicas: 3 }),
      'deployments[0].workload: found "aa", of which the forecast says nothing, expected one of its series: "a"'
    ],
    [
      'too many',
      study({ throughput: 1e-6 }),
      'deployments[0]: found 3000000 replicas needed 600 s after the beginning, expected at most 1000000 (a unit may be wrong: throughput is in requests per second, growth a factor)'
    ]
  ])('are refused for %s', (_, given, message) => {
    expect(refusalOf(() => demandOf(given, rates([1, 3])))).toEqual([message])
  })
})

describe('without a forecast replicas are', () => {
  test('those that the study wants, grown', () => {
    expect(countsNow(study({ replicas: 10, growth: 1.5 }, { growth: { factor: 1.1 } })).get('a')).toBe(17)
  })

  test('those that are listed, draining ones apart, and the least', () => {
    const nodes = [{ id: 'n', capacity: { cpu: 8 }, costPerHour: 1 }]
    const replicas = ['running', 'starting', 'draining'].map((state) => ({
      id: state,
      deployment: 'a',
      node: 'n',
      state
    }))
    expect(countsNow(study({}, { nodes, replicas })).get('a')).toBe(2)
    expect(countsNow(study({ minReplicas: 3 }, { nodes, replicas })).get('a')).toBe(3)
    expect(countsNow(study({})).get('a')).toBe(0)
  })
})
