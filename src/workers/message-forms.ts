import type { SolverTermination } from '../../models/linear-program/solution.js'
import type { JobTimes } from './job-times.js'
import type { JobKind, JobOutput, JobProgress } from './jobs/jobs.js'

type Check = (value: unknown) => boolean

/** Whether what a worker sent is progress of a job of this kind. */
export function isProgress<Kind extends JobKind>(kind: Kind, value: unknown): value is JobProgress<Kind> {
  return forms[kind].progress(value)
}

/** Whether it is the output of one. */
export function isOutput<Kind extends JobKind>(kind: Kind, value: unknown): value is JobOutput<Kind> {
  return forms[kind].output(value)
}

const isNumber: Check = (value) => typeof value === 'number' && !Number.isNaN(value)
const isFlag: Check = (value) => typeof value === 'boolean'
const isText: Check = (value) => typeof value === 'string'
// By its tag: in realms of test runners `instanceof` knows no array of a worker.
const isArrayOf =
  (name: string): Check =>
  (value) =>
    ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === `[object ${name}]`
const isPoint = isArrayOf('Float64Array')

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)

const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)

const object =
  (checks: Readonly<Record<string, Check>>): Check =>
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(checks).every(([name, check]) => check((value as Record<string, unknown>)[name]))

const amounts: Check = (value) =>
  typeof value === 'object' && value !== null && Object.values(value).every(Number.isFinite)

/** Whether what a worker sent says when it began and answered a job. */
export function isTimes(value: unknown): value is JobTimes {
  return object({ begunAt: Number.isFinite, answeredAt: Number.isFinite })(value)
}

const terminations: Readonly<Record<SolverTermination, true>> = {
  optimal: true,
  'gap-limit': true,
  'time-limit': true,
  interrupted: true,
  infeasible: true,
  unbounded: true,
  unsupported: true,
  failed: true
}

const pattern = object({
  kind: Number.isInteger,
  group: Number.isInteger,
  counts: isArrayOf('Int32Array'),
  stays: isArrayOf('Int32Array')
})
const patternSolution = object({ cost: isNumber, patterns: listOf(object({ pattern, nodes: Number.isInteger })) })

const guide = object({ active: isArrayOf('Int32Array'), arrivals: isArrayOf('Uint8Array') })
const prices = object({ copy: isPoint, link: isPoint })
const branch = object({
  limits: object({ least: isArrayOf('Int32Array'), most: isArrayOf('Int32Array') }),
  bound: isNumber,
  prices: (value) => value === null || prices(value),
  worths: (value) => value === null || object({ plain: isPoint, group: isPoint })(value)
})

const filled = object({ pattern, ofBase: Number.isInteger, beyond: Number.isInteger })
const filledPeriod = object({ nodes: listOf(filled), placed: isArrayOf('Int32Array') })

const forms: Readonly<Record<JobKind, { readonly progress: Check; readonly output: Check }>> = {
  solve: {
    progress: object({
      solution: optional(isPoint),
      objective: optional(isNumber),
      bound: isNumber,
      seconds: isNumber,
      solver: optional(isText),
      passedOver: optional(isText)
    }),
    output: object({
      termination: (value) => typeof value === 'string' && Object.hasOwn(terminations, value),
      solution: (value) => value === null || isPoint(value),
      objective: isNumber,
      bound: isNumber,
      seconds: isNumber,
      iterations: optional(isNumber),
      message: optional(isText),
      solver: optional(isText),
      profile: optional(amounts)
    })
  },
  patterns: {
    progress: (value) =>
      object({ bound: isNumber })(value) ||
      object({ branches: listOf(branch) })(value) ||
      object({ solution: patternSolution })(value) ||
      object({ guide })(value),
    output: object({ bound: isNumber, branches: listOf(branch), profile: amounts, work: isNumber })
  },
  pricing: {
    progress: () => false,
    output: object({ tasks: Number.isInteger })
  },
  'price-periods': {
    progress: () => false,
    output: object({
      periods: Number.isInteger,
      value: isPoint,
      constant: isPoint,
      slope: isPoint,
      beyond: isPoint,
      missing: isPoint,
      copyPrice: isPoint,
      patterns: listOf(pattern),
      used: listOf(pattern)
    })
  },
  'bound-periods': {
    progress: () => false,
    output: object({ bounds: isPoint })
  },
  'order-periods': {
    progress: () => false,
    output: object({ isSolved: isFlag, worth: isPoint, beyond: isPoint })
  },
  'fill-periods': {
    progress: () => false,
    output: listOf((value) => value === null || filledPeriod(value))
  }
}
