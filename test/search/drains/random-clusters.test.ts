import { describe, expect, it } from 'vitest'
import { verifyResult } from '../../../models/checker/verify-result.js'
import { parseProblem } from '../../../models/contract/parse.js'
import { compact } from '../../../src/compact.js'
import { randomCluster } from '../../compact/random-cluster.js'

const FROM = Number(process.env.FROM ?? 1)
describe('clusters with everything that a Problem may ask for', () => {
  it.each(Array.from({ length: Number(process.env.COUNT ?? 100) }, (_, seed) => FROM + seed))(
    'are drained legally, seed %i',
    async (seed) => {
      const problem = parseProblem(randomCluster(seed))
      const result = await compact(problem, { executableOn: 'ray', solver: 'greedy', workLimit: 300, seed })
      expect(verifyResult(problem, result)).toEqual([])
    }
  )
})
