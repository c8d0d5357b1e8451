import { describe, expect, it } from 'vitest'
import { verifyResult } from '../../../models/checker/verify-result.js'
import { parseProblem } from '../../../models/contract/parse.js'
import { compact } from '../../../src/compact.js'
import { randomCluster } from '../../compact/random-cluster.js'

describe('clusters with everything that a Problem may ask for', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed + 1))('are drained legally, seed %i', async (seed) => {
    const problem = parseProblem(randomCluster(seed))
    const result = await compact(problem, { executableOn: 'ray', solver: 'greedy', workLimit: 300, seed })
    expect(verifyResult(problem, result)).toEqual([])
  })
})
