import { compact } from 'replica-compactor'
import { expect, test } from 'vitest'
import { verifyCertificate } from '../../models/certificate/verify-certificate.js'
import { findOptimum } from '../brute-force/enumerate-placements.js'
import { randomProblem } from '../brute-force/random-problem.js'
import { stateDevices } from '../brute-force/state-devices.js'

const CASES = Number(process.env.CASES ?? 60)
const FIRST = Number(process.env.FIRST ?? 7001)

test('what a certificate is confirmed to prove is what it says, and never above the optimum', async () => {
  const seen = { certified: 0, groups: 0, rows: 0, optimal: 0, none: 0 }
  for (let seed = FIRST; seed < FIRST + CASES; seed++) {
    const problem = stateDevices(randomProblem(seed))
    const result = await compact(problem, { certificate: true, relativeGap: 0, timeLimitMs: 10_000, threads: 1 })
    const { certificate, bound, objective } = result
    if (certificate === undefined || bound === undefined || objective === undefined) {
      seen.none++
      continue
    }
    const { confirmed, violations } = verifyCertificate(problem, result)
    expect(violations, `seed ${seed}`).toEqual([])
    expect(confirmed, `seed ${seed}`).toBeGreaterThanOrEqual(certificate.bound - 1e-6 * Math.max(1, certificate.bound))
    const optimum = findOptimum(problem)
    expect(confirmed, `seed ${seed}`).toBeLessThanOrEqual((optimum?.total ?? Infinity) * (1 + 1e-6) + 1e-6)
    seen.certified++
    if (certificate.groups.length > 0) seen.groups++
    if (certificate.rows.length > 0) seen.rows++
    if (confirmed >= objective.total - 1e-6 * Math.max(1, objective.total)) seen.optimal++
  }
  if (process.env.CASES) console.log(seen)
  expect(seen.certified).toBeGreaterThan(CASES / 4)
  expect(seen.groups).toBeGreaterThan(CASES / 10)
  expect(seen.rows).toBeGreaterThan(CASES / 20)
  expect(seen.optimal).toBeGreaterThan(CASES / 6)
})
