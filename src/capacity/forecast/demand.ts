import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import type { Study, StudyDeployment } from '../../../models/contract/study.js'
import { nearestNames } from '../nearest-names.js'
import type { DemandSeries, Forecast } from './forecast.js'
import { growthAt } from './growth.js'

/** Replicas needed of each deployment in each period. */
export interface Demand {
  readonly periodSeconds: number
  readonly periods: number
  /** When the first period begins, in ISO 8601; absent where the forecast counts seconds. */
  readonly startsAt?: string
  /** By id, in the order of the study: as many numbers as there are periods. */
  readonly counts: ReadonlyMap<string, Int32Array>
}

/** More would not fit the memory of any machine that plans. */
const MOST_REPLICAS = 1_000_000

/**
 * Replicas of each deployment and period. Of a rate in requests per second: ⌈rate × growth / (throughput × utilisation)⌉; of a
 * count: ⌈count × growth⌉; in both cases at least `minReplicas`. A deployment without a series keeps the replicas that it has
 * in the study, grown likewise. Growth is that of all × that of the deployment, compounded from the first period on.
 *
 * Throws InputError where a deployment has neither a series nor replicas, or a rate and no throughput.
 */
export function demandOf(study: Study, forecast: Forecast): Demand {
  const issues: InputIssue[] = []
  const growth = Float64Array.from({ length: forecast.periods }, (_, period) =>
    growthAt(study.growth, period * forecast.stepSeconds)
  )
  const counts = new Map<string, Int32Array>()
  for (const [index, deployment] of study.deployments.entries()) {
    const series = seriesOf(study, deployment, forecast)
    const issue =
      series === undefined
        ? missingSeries(deployment, index, forecast)
        : series.unit === 'requestsPerSecond' && deployment.throughput === undefined
          ? missingThroughput(index)
          : undefined
    if (issue !== undefined) issues.push(issue)
    else if (series !== undefined) {
      const needed = Float64Array.from(growth, (factor, period) =>
        replicasFor(deployment, series, (series.values[period] as number) * factor)
      )
      const excess = needed.findIndex((replicas) => replicas > MOST_REPLICAS)
      if (excess >= 0) issues.push(tooMany(index, needed[excess] as number, excess * forecast.stepSeconds))
      counts.set(deployment.id, Int32Array.from(needed))
    }
  }
  if (issues.length > 0) throw new InputError('study', issues)
  const { stepSeconds: periodSeconds, periods, startsAt } = forecast
  return { periodSeconds, periods, ...(startsAt === undefined ? {} : { startsAt }), counts }
}

/** Replicas of each deployment in one period, for `problemAt`. */
export function countsAt(demand: Demand, period: number): Map<string, number> {
  return new Map([...demand.counts].map(([id, counts]) => [id, counts[period] as number]))
}

/**
 * Replicas of each deployment without a forecast: those that the study wants (where it says nothing, those that are listed and not
 * draining), grown by the growth of the first moment, and at least `minReplicas`.
 */
export function countsNow(study: Study): Map<string, number> {
  const factor = growthAt(study.growth, 0)
  return new Map(
    study.deployments.map((deployment) => {
      const wanted = statedReplicas(study, deployment) ?? 0
      return [deployment.id, wholeReplicas(wanted * factor * deployment.growth, deployment)]
    })
  )
}

function seriesOf(study: Study, deployment: StudyDeployment, forecast: Forecast): DemandSeries | undefined {
  const { id, workload } = deployment
  const own = forecast.series.get(workload ?? id)
  if (own !== undefined || workload !== undefined) return own
  const stated = statedReplicas(study, deployment)
  if (stated === undefined) return undefined
  return { unit: 'replicas', values: new Float64Array(forecast.periods).fill(stated) }
}

/** As many replicas as the study wants of a deployment now; undefined where it does not say. */
function statedReplicas(study: Study, { id, replicas }: StudyDeployment): number | undefined {
  if (replicas !== undefined) return replicas
  const listed = study.replicas.filter(({ deployment, state }) => deployment === id && state !== 'draining').length
  return listed === 0 ? undefined : listed
}

function replicasFor(deployment: StudyDeployment, { unit }: DemandSeries, demand: number): number {
  const { growth, throughput = 1, utilisation } = deployment
  const served = unit === 'requestsPerSecond' ? throughput * utilisation : 1
  return wholeReplicas((demand * growth) / served, deployment)
}

/** Relative rounding of products and quotients: 3.0000000001 replicas are 3. */
const ROUNDING = 1e-9

function wholeReplicas(amount: number, { minReplicas }: StudyDeployment): number {
  return Math.max(minReplicas, Math.ceil(amount - ROUNDING * Math.max(1, amount)))
}

function missingSeries({ id, workload }: StudyDeployment, index: number, { series }: Forecast): InputIssue {
  const name = workload ?? id
  return {
    path: `deployments[${index}].${workload === undefined ? 'id' : 'workload'}`,
    found: `${describeValue(name)}, of which the forecast says nothing`,
    expected: `one of its series: ${nearestNames(name, [...series.keys()])}`,
    ...(workload === undefined ? { hint: 'or "replicas", where its demand does not change' } : {})
  }
}

function missingThroughput(index: number): InputIssue {
  return {
    path: `deployments[${index}].throughput`,
    found: 'nothing',
    expected: 'requests per second that one replica serves: the forecast is in requests per second'
  }
}

function tooMany(index: number, replicas: number, seconds: number): InputIssue {
  return {
    path: `deployments[${index}]`,
    found: `${replicas} replicas needed ${seconds} s after the beginning`,
    expected: `at most ${MOST_REPLICAS}`,
    hint: 'a unit may be wrong: throughput is in requests per second, growth a factor'
  }
}
