import { readFileSync } from 'node:fs'
import { compact, parseProblem, verifyResult } from 'replica-compactor'
import { expect, test } from 'vitest'
import { verifyCertificate } from '../../models/certificate/verify-certificate.js'

const read = (path: string) =>
  parseProblem(JSON.parse(readFileSync(new URL(`../../fixtures/${path}.problem.json`, import.meta.url), 'utf8')))

test.each([
  ['synthetic/synthetic-12-1'],
  ['synthetic/synthetic-25-1'],
  ['synthetic/synthetic-50-1'],
  ['dense/dense-25-1'],
  ['dense/dense-50-1']
])('the bound of %s is recomputed from its certificate', async (path) => {
  const problem = read(path)
  const result = await compact(problem, { certificate: true, timeLimitMs: 20_000 })
  const { confirmed, violations } = verifyCertificate(problem, result)
  expect(violations).toEqual([])
  expect(result.certificate?.bound).toBeGreaterThan(0)
  expect(confirmed).toBeCloseTo(result.certificate?.bound ?? 0, 3)
  expect(confirmed).toBeGreaterThan((result.objective?.total ?? 0) * 0.995)
  expect(verifyResult(problem, JSON.parse(JSON.stringify(result)))).toEqual([])
})
