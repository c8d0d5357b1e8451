import { describeValue, formatPath } from '../../models/contract/describe-input.js'
import type { InputIssue } from '../../models/contract/input-issues.js'
import { InputError } from '../../models/contract/parse.js'
import { quantity } from '../../models/contract/quantities.js'
import { executableOnChoices } from '../options.js'
import type { Policy, PolicyInput } from './policy.js'

/** What a controller does when nobody says otherwise. */
export const defaultPolicy: Policy = {
  mode: 'recommend',
  intervalSeconds: 60,
  stabilitySeconds: 300,
  stabilityScope: 'cluster',
  pending: 'wait',
  gate: { minSavingShare: 0.01, minSavingPerHour: 0.1, minSavingPerMove: 0.01, paybackHours: 12, moveCostPrice: 0.05 },
  cooldown: { deploymentSeconds: 1800, nodeSeconds: 600 },
  executableOn: null,
  maxMigrationsPerRound: 50,
  timeLimitMs: 10_000,
  readSeconds: 60,
  maxPlanAgeSeconds: 300,
  executionSeconds: 1800,
  watchSeconds: 30,
  backoff: { firstSeconds: 2, mostSeconds: 3600 },
  breaker: { window: 10 },
  replanOnDrift: 3,
  execution: {}
}

/** What may stand at a place of a policy, and how that is said. */
interface Range {
  readonly holds: (value: unknown) => boolean
  readonly expected: string
}

type Ranges<Shape> = { readonly [Key in keyof Shape]-?: Range }

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
const atLeastNothing: Range = {
  holds: (value) => isNumber(value) && value >= 0,
  expected: 'a finite number of at least 0'
}
/** What is written into the gate of a Problem has to be as a Problem takes it. */
const amount: Range = { holds: (value) => quantity.safeParse(value).success, expected: 'a number from 0 to 1e15' }
const aboveNothing: Range = { holds: (value) => isNumber(value) && value > 0, expected: 'a finite number above 0' }
const wholeFrom = (least: number): Range => ({
  holds: (value) => Number.isSafeInteger(value) && (value as number) >= least,
  expected: `a whole number of at least ${least}`
})
const orNull = ({ holds, expected }: Range): Range => ({
  holds: (value) => value === null || holds(value),
  expected: `null or ${expected}`
})
const oneOf = (...words: readonly string[]): Range => ({
  holds: (value) => words.includes(value as string),
  expected: `one of ${words.join(', ')}`
})
const anything: Range = { holds: () => true, expected: '' }

const LIMITS: readonly string[] = ['inFlight', 'startsPerNode', 'perDeployment']

const plain: Ranges<Omit<Policy, 'gate' | 'cooldown' | 'backoff' | 'breaker' | 'execution'>> = {
  mode: oneOf('recommend', 'execute'),
  intervalSeconds: aboveNothing,
  stabilitySeconds: atLeastNothing,
  stabilityScope: oneOf('cluster', 'deployment'),
  pending: oneOf('wait', 'place'),
  executableOn: orNull(oneOf(...executableOnChoices)),
  maxMigrationsPerRound: orNull(wholeFrom(0)),
  timeLimitMs: aboveNothing,
  readSeconds: aboveNothing,
  maxPlanAgeSeconds: atLeastNothing,
  executionSeconds: aboveNothing,
  watchSeconds: atLeastNothing,
  replanOnDrift: wholeFrom(0)
}

const parts: { readonly [Part in 'gate' | 'cooldown' | 'backoff' | 'breaker' | 'execution']: Ranges<Policy[Part]> } = {
  gate: {
    minSavingShare: { holds: (value) => isNumber(value) && value >= 0 && value <= 1, expected: 'a share from 0 to 1' },
    minSavingPerHour: atLeastNothing,
    minSavingPerMove: amount,
    paybackHours: orNull(amount),
    moveCostPrice: atLeastNothing
  },
  cooldown: { deploymentSeconds: atLeastNothing, nodeSeconds: atLeastNothing },
  backoff: { firstSeconds: aboveNothing, mostSeconds: aboveNothing },
  breaker: { window: wholeFrom(1) },
  execution: {
    retries: wholeFrom(0),
    backoffMs: atLeastNothing,
    forceDrain: { holds: (value) => typeof value === 'boolean', expected: 'true or false' },
    limits: {
      holds: (value) =>
        typeof value === 'object' &&
        value !== null &&
        Object.entries(value).every(([name, limit]) => LIMITS.includes(name) && orNull(wholeFrom(1)).holds(limit)),
      expected: `an object with some of ${LIMITS.join(', ')}, each null or a whole number of at least 1`
    },
    deadlineFactor: atLeastNothing,
    leastDeadlineMs: atLeastNothing,
    unknownExpiresMs: atLeastNothing
  }
}

/** Fills in the defaults. Throws InputError with every option that is unknown or out of range, by name: `policy.gate.minSavingShare`. */
export function resolvePolicy(given: PolicyInput | null | undefined): Policy {
  const issues: InputIssue[] = []
  const policy = readPart(given ?? {}, ['policy'], { ...plain, ...whole }, issues)
  const read = (part: keyof typeof parts) =>
    readPart(
      part in policy ? policy[part] : {},
      ['policy', part],
      parts[part] as Readonly<Record<string, Range>>,
      issues
    )
  const resolved = {
    ...defaultPolicy,
    ...policy,
    gate: { ...defaultPolicy.gate, ...read('gate') },
    cooldown: { ...defaultPolicy.cooldown, ...read('cooldown') },
    backoff: { ...defaultPolicy.backoff, ...read('backoff') },
    breaker: { ...defaultPolicy.breaker, ...read('breaker') },
    execution: read('execution')
  } as Policy
  const { firstSeconds, mostSeconds } = resolved.backoff
  if (issues.length === 0 && mostSeconds < firstSeconds) {
    const expected = `at least backoff.firstSeconds, ${firstSeconds}`
    issues.push({ path: 'policy.backoff.mostSeconds', found: describeValue(mostSeconds), expected })
  }
  if (issues.length > 0) throw new InputError('options', issues)
  return resolved
}

/** The parts as wholes: what is inside them is read later. */
const whole = Object.fromEntries(Object.keys(parts).map((part) => [part, anything]))

/** What is stated and not undefined; what is wrong is noted down. */
function readPart(
  given: unknown,
  path: readonly string[],
  ranges: Readonly<Record<string, Range>>,
  issues: InputIssue[]
): Readonly<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    issues.push({
      path: formatPath(path),
      found: describeValue(given),
      expected: `an object with some of ${Object.keys(ranges).join(', ')}`
    })
    return {}
  }
  const entries = Object.entries(given).filter(([, value]) => value !== undefined)
  for (const [name, value] of entries) {
    const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined
    const place = formatPath([...path, name])
    if (range === undefined) {
      issues.push({ path: place, found: 'an unknown option', expected: `one of ${Object.keys(ranges).join(', ')}` })
    } else if (!range.holds(value)) issues.push({ path: place, found: describeValue(value), expected: range.expected })
  }
  return Object.fromEntries(entries)
}
