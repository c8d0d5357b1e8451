import { expect, test } from 'vitest'
import { Budget } from '../../src/budget.js'
import { Incumbents } from '../../src/search/incumbents.js'
import { searchPacking } from '../../src/search/portfolio.js'
import { costSearches } from '../../src/search/search-record.js'
import { SolverTeam } from '../../src/search/solver-team.js'
import { startStopwatch } from '../../src/stopwatch.js'
import type { SolverPool } from '../../src/workers/pool.js'
import { threeNodes } from './three-nodes.js'

/** How often a search whose solvers fail asks them. */
async function askedBy(signal: AbortSignal, threads: number): Promise<number> {
  let asked = 0
  const ask = () => {
    asked++
    return Promise.reject(new Error('none here'))
  }
  const watch = startStopwatch(60_000)
  const solvers = new SolverTeam({ run: ask, call: ask } as unknown as SolverPool, ['highs'])
  await searchPacking(new Incumbents(threeNodes, watch), {
    solvers,
    budget: Budget.ofTime(watch),
    signal,
    threads,
    relativeGap: 1e-4,
    seed: 1,
    searches: costSearches
  })
  return asked
}

test.each([1, 2, 4])(
  'a search that was aborted before writes no program and asks nobody: %i threads',
  async (threads) => {
    expect(await askedBy(AbortSignal.abort(), threads)).toBe(0)
    expect(await askedBy(new AbortController().signal, threads)).toBeGreaterThan(0)
  }
)
