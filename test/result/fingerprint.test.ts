import { createHash } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { fingerprint } from '../../src/result/fingerprint.js'
import { validProblem } from '../input/valid-problem.js'

afterEach(() => vi.unstubAllGlobals())

const problem = parseProblem({ ...validProblem(), name: 'Größe 𝒳 \u0000' })

test('it is SHA-256 of the canonical JSON, whatever the order of keys', () => {
  const backwards = Object.fromEntries(Object.entries(problem).reverse())
  const sort = (_: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value
  const digest = createHash('sha256').update(JSON.stringify(problem, sort)).digest('hex')
  expect(fingerprint(problem)).toBe(`sha256:${digest}`)
  expect(fingerprint(parseProblem(backwards))).toBe(`sha256:${digest}`)
})

test('it needs no secure context', () => {
  const before = fingerprint(problem)
  vi.stubGlobal('crypto', undefined)
  expect(fingerprint(problem)).toBe(before)
})
