import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verifyResult } from '../../models/checker/verify-result.js'
import { InputError, parseProblem } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import { compact } from '../../src/compact.js'
import { mutated } from './mutated.js'
import { validProblem } from './valid-problem.js'

function parsedOrNull(value: unknown): Problem | null {
  try {
    return parseProblem(value)
  } catch (error) {
    expect(error).toBeInstanceOf(InputError)
    expect((error as InputError).message).toMatch(/^problem:[\s\S]*: found [\s\S]+, expected ./)
    return null
  }
}

test('a mutated Problem is read, or refused with an InputError', () => {
  fc.assert(
    fc.property(mutated(validProblem, ['set', 'remove', 'copy', 'add']), (value) => void parsedOrNull(value)),
    { seed: 1, numRuns: 3000 }
  )
})

test('whatever is read gets a Result that passes the checker', async () => {
  const ends = { feasible: 0, none: 0 }
  await fc.assert(
    fc.asyncProperty(mutated(validProblem, ['alike', 'alike', 'alike', 'remove', 'set']), async (value) => {
      const problem = parsedOrNull(value)
      if (problem === null) return
      const result = await compact(problem, { solver: 'greedy', timeLimitMs: 2000 })
      expect(verifyResult(problem, result)).toEqual([])
      ends[result.primalStatus]++
    }),
    { seed: 2, numRuns: 1000 }
  )
  expect(ends.feasible).toBeGreaterThan(50)
  expect(ends.none).toBeGreaterThan(0)
})
