/** What the numbers of a series count. */
export type DemandUnit = 'requestsPerSecond' | 'replicas'

/** Demand of one deployment or workload: a number for each period, at least 0. */
export interface DemandSeries {
  readonly unit: DemandUnit
  readonly values: Float64Array
}

/** Demand over time: every series has a value for each of `periods` periods of `stepSeconds` seconds. */
export interface Forecast {
  readonly stepSeconds: number
  readonly periods: number
  /** When the first period begins, in ISO 8601; absent where the table counts seconds. */
  readonly startsAt?: string
  /** By the name that the table gives them, in its order. */
  readonly series: ReadonlyMap<string, DemandSeries>
  /** Whether nothing says that the numbers count replicas, as they are taken to. */
  readonly isUnitAssumed?: boolean
  /** What was done to the table that its reader should know, such as series that were repeated. */
  readonly notes: readonly string[]
}
