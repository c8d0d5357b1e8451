import { expect, test } from 'vitest'
import { InputError } from '../../models/contract/parse.js'
import { createController } from '../../src/controller/create-controller.js'
import { defaultPolicy, resolvePolicy } from '../../src/controller/resolve-policy.js'

const read = async () => ({}) as never

function pathsOf(make: () => unknown): string[] {
  try {
    make()
  } catch (fault) {
    if (fault instanceof InputError) return fault.issues.map(({ path }) => path)
    throw fault
  }
  return []
}

test.each([
  [{}, ['read']],
  [{ read: 7 }, ['read']],
  [
    { read, driver: 7, journal: {}, clock: {}, onEvent: {}, compact: {} },
    ['driver', 'journal', 'clock', 'onEvent', 'compact']
  ],
  [{ read, drivr: {} }, ['drivr']],
  [null, ['read']],
  [7, ['']]
])('parts %o are refused at %o', (parts, paths) => {
  expect(pathsOf(() => createController(parts as never))).toEqual(paths)
})

test.each([
  [{ mode: 'dry-run' }, ['policy.mode']],
  [
    { intervalSeconds: 0, stabilitySeconds: -1, timeLimitMs: Number.NaN },
    ['policy.intervalSeconds', 'policy.stabilitySeconds', 'policy.timeLimitMs']
  ],
  [{ gate: { minSavingShare: 2, paybackHours: '1' } }, ['policy.gate.minSavingShare', 'policy.gate.paybackHours']],
  [
    { gate: { minSavingPerMove: 1e16, paybackHours: 1e16 } },
    ['policy.gate.minSavingPerMove', 'policy.gate.paybackHours']
  ],
  [{ gate: null }, ['policy.gate']],
  [{ cooldown: { nodeSeconds: Number.POSITIVE_INFINITY } }, ['policy.cooldown.nodeSeconds']],
  [{ backoff: { firstSeconds: 10, mostSeconds: 5 } }, ['policy.backoff.mostSeconds']],
  [{ breaker: { window: 0 }, replanOnDrift: 1.5 }, ['policy.replanOnDrift', 'policy.breaker.window']],
  [{ maxMigrationsPerRound: -1 }, ['policy.maxMigrationsPerRound']],
  [{ execution: { retrys: 1, limits: {} } }, ['policy.execution.retrys']],
  [{ execution: { limits: { inFlight: 0 } } }, ['policy.execution.limits']],
  [{ execution: { limits: { inflight: 1 } } }, ['policy.execution.limits']],
  [{ executableOn: 'nomad' }, ['policy.executableOn']],
  [{ executableOn: true }, ['policy.executableOn']],
  [{ interval: 5 }, ['policy.interval']],
  [JSON.parse('{"__proto__": 1, "constructor": 2}'), ['policy.__proto__', 'policy.constructor']],
  [[], ['policy']]
])('a policy %o is refused at %o', (policy, paths) => {
  const found = pathsOf(() => createController({ read, policy: policy as never }))
  expect([...found].sort()).toEqual([...paths].sort())
})

test('a driver is needed to execute, and only then', () => {
  expect(pathsOf(() => createController({ read, policy: { mode: 'execute' } }))).toEqual(['driver'])
  expect(pathsOf(() => createController({ read }))).toEqual([])
})

test('what is left out has its default, inside the parts, too', () => {
  expect(resolvePolicy(undefined)).toEqual(defaultPolicy)
  const { gate, cooldown, maxMigrationsPerRound } = resolvePolicy({
    gate: { minSavingShare: 0, paybackHours: null },
    cooldown: { nodeSeconds: 5, deploymentSeconds: undefined as never },
    maxMigrationsPerRound: null
  })
  expect(gate).toEqual({ ...defaultPolicy.gate, minSavingShare: 0, paybackHours: null })
  expect(cooldown).toEqual({ deploymentSeconds: 1800, nodeSeconds: 5 })
  expect(maxMigrationsPerRound).toBeNull()
})
