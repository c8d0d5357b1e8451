import { compact } from 'replica-compactor'
import { expect, test } from 'vitest'
import { verifyCertificate } from '../../models/certificate/verify-certificate.js'
import type { Problem } from '../../models/contract/problem.js'
import { findOptimum } from '../brute-force/enumerate-placements.js'
import { randomProblem } from '../brute-force/random-problem.js'
import { stateDevices } from '../brute-force/state-devices.js'

const CASES = 80

test('what a certificate is confirmed to prove is what it says, and never above the optimum', async () => {
  const seen = { certified: 0, groups: 0, rules: 0, budgets: 0, optimal: 0 }
  for (let seed = 7001; seed <= 7000 + CASES; seed++) {
    const drawn: Problem = { ...stateDevices(randomProblem(seed, { broken: false })), pending: 'required' }
    // One in three has a budget of the call beside its own.
    const maxMigrations = seed % 3 === 0 ? Math.min(1 + (seed % 2), drawn.budget.maxMigrations ?? 2) : undefined
    const problem = maxMigrations === undefined ? drawn : { ...drawn, budget: { ...drawn.budget, maxMigrations } }
    const options = { certificate: true, relativeGap: 0, timeLimitMs: 10_000, threads: 1 }
    const result = await compact(drawn, { ...options, ...(maxMigrations !== undefined && { maxMigrations }) })
    const { certificate, objective } = result
    if (certificate === undefined || objective === undefined) continue
    const { confirmed, violations } = verifyCertificate(drawn, result)
    expect(violations, `seed ${seed}`).toEqual([])
    expect(confirmed, `seed ${seed}`).toBeGreaterThanOrEqual(certificate.bound - 1e-6 * Math.max(1, certificate.bound))
    const optimum = findOptimum(problem)?.total ?? Number.POSITIVE_INFINITY
    expect(confirmed, `seed ${seed}`).toBeLessThanOrEqual(optimum + 1e-6 * Math.max(1, optimum))
    seen.certified++
    if (certificate.groups.length > 0) seen.groups++
    if (certificate.rows.some((name) => name.startsWith('rule'))) seen.rules++
    if (certificate.rows.some((name) => name.startsWith('m'))) seen.budgets++
    if (confirmed >= objective.total - 1e-6 * Math.max(1, objective.total)) seen.optimal++
  }
  expect(seen.certified).toBeGreaterThan(CASES / 4)
  expect(seen.groups).toBeGreaterThan(CASES / 6)
  expect(seen.rules).toBeGreaterThan(1)
  expect(seen.budgets).toBeGreaterThan(CASES / 20)
  expect(seen.optimal).toBeGreaterThan(CASES / 5)
})
