import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { catalogueChoice, forecastChoice } from '../../models/contract/study.js'
import { readCatalogue } from '../../src/capacity/catalogue/read-catalogue.js'
import { toNodeTypes } from '../../src/capacity/catalogue/to-node-types.js'
import { readForecast } from '../../src/capacity/forecast/read-forecast.js'

/** The folder of data that others wrote; CI names it where it stands beside the checkout. */
const shared = process.env.SHARED_FOLDER
const read = (path: string) => readFileSync(join(shared as string, 'data', path), 'utf8')

describe('tables in SHARED_FOLDER work as they are', () => {
  beforeEach(({ skip }) => skip(shared === undefined, 'needs the shared data: name their folder in SHARED_FOLDER'))

  test.each([
    ['cloud-gpu-instances', 120, 105],
    ['cloud-instances', 2611, 2162]
  ])('prices/%s.csv', (name, rows, offered) => {
    const types = readCatalogue(read(`prices/${name}.csv`))
    expect(types).toHaveLength(rows)
    const { nodeTypes } = toNodeTypes(types, catalogueChoice.parse({}))
    expect(nodeTypes).toHaveLength(offered)
    for (const { costPerHour, capacity } of nodeTypes) {
      expect(costPerHour).toBeGreaterThan(0)
      expect(Number.isInteger(capacity.gpu ?? 0)).toBe(true)
    }
  })

  test('demand/servegen-rates-10min.csv', () => {
    const forecast = readForecast(read('demand/servegen-rates-10min.csv'), forecastChoice.parse({ shorter: 'repeat' }))
    expect(forecast).toMatchObject({ stepSeconds: 600, periods: 2016 })
    expect(forecast.series.size).toBe(5)
  })

  test.each([
    ['code', 8819, 57],
    ['conv', 19_366, 58]
  ])('demand/AzureLLMInferenceTrace_%s.csv', (name, requests, minutes) => {
    const text = read(`demand/AzureLLMInferenceTrace_${name}.csv`)
    const forecast = readForecast(text, forecastChoice.parse({ step: 60 }))
    expect(forecast.periods).toBe(minutes)
    const rates = forecast.series.get('requests')?.values ?? new Float64Array()
    const counted = rates.reduce((sum, rate) => sum + rate * 60, 0)
    const beyond = Number(/; (\d+) left out/.exec(forecast.notes[0] ?? '')?.[1])
    expect(counted + beyond).toBeCloseTo(requests)
  })
})
