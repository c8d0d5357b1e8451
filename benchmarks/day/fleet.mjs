/** What runs on a day: deployments of models, and how many requests come to each of them when. */
import { readFileSync } from 'node:fs'
import { forecastChoice } from '../../dist/models/contract/study.js'
import { readForecast } from '../../dist/src/capacity/index.js'
import { between, seededRandom } from '../families/random.mjs'
import { models } from './models.mjs'

/** @import { Model } from './models.mjs' */

/** ratesPerSecond: at the beginning of each step of ten minutes. @typedef {Model & { id: string, maxReplicas: number, ratesPerSecond: Float64Array }} Service */

const rates = new URL('../../fixtures/capacity/servegen-rates-10min.csv', import.meta.url)

export const STEP_SECONDS = 600
const STEPS_PER_DAY = 86_400 / STEP_SECONDS

/** Replicas at most, of those needed on average. */
const MOST = 3

/**
 * A fleet by its seed. Each deployment has the rates of a day of its workload, scaled so that it needs as many replicas on average
 * as the seed gives it. share: of the deployments of a whole fleet, those of the first models first.
 *
 * @type {(seed: number, options?: { models?: readonly Model[], scale?: number }) => Service[]}
 */
export function makeFleet(seed, { models: kinds = models, scale = 1 } = {}) {
  const choice = forecastChoice.parse({ file: 'servegen-rates-10min.csv', shorter: 'repeat' })
  const { series, periods } = readForecast(readFileSync(rates, 'utf8'), choice)
  const random = seededRandom(seed)
  const days = Math.floor(periods / STEPS_PER_DAY)
  return kinds.flatMap((model) =>
    Array.from({ length: model.deployments }, (_, number) => {
      const day = between(random, 0, days - 1)
      const [least, most] = model.replicas
      const wanted = (least + random() * (most - least)) * scale
      const values = series.get(model.workload)?.values.slice(day * STEPS_PER_DAY, (day + 1) * STEPS_PER_DAY)
      if (values === undefined) throw new Error(`there are no rates of ${model.workload}`)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const perReplica = model.targetOngoing / model.serviceSeconds
      return {
        ...model,
        id: model.deployments > 1 ? `${model.name}-${number + 1}` : model.name,
        maxReplicas: Math.ceil(wanted * MOST),
        ratesPerSecond: values.map((value) => (value / mean) * wanted * perReplica)
      }
    })
  )
}
