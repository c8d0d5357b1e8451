import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createSolverPool } from '../../dist/src/workers/pool.js'
import { findFlawOfCover } from '../../models/certificate/cover.js'
import { parseProblem } from '../../models/contract/parse.js'
import { formulatePatterns } from '../../models/formulations/pattern-problem.js'
import { compileInstance } from '../../models/instance/compile.js'
import type { Branch } from '../../src/solvers/patterns/branching.js'

const text = readFileSync(new URL('../../fixtures/dense/dense-25-1.problem.json', import.meta.url), 'utf8')
const problem = formulatePatterns(compileInstance(parseProblem(JSON.parse(text))), true)
const options = { seed: 1, relativeGap: 0, start: [], cutoff: Infinity, workLimit: Infinity, timeLimitMs: Infinity }

test('a search whose thread is killed has told the branches that prove its bound by then', async () => {
  await using pool = createSolverPool({ sharesMemory: false })
  const stop = new AbortController()
  const told: (readonly Branch[])[] = []
  const output = await pool.call(
    'patterns',
    { problem, options, tellsBranches: true },
    {
      signal: stop.signal,
      onProgress: (progress) => {
        if (!('branches' in progress)) return
        told.push(progress.branches)
        stop.abort()
      }
    }
  )
  expect(output).toBeNull()
  const branches = told.at(-1) ?? []
  const boxes = branches.map(({ limits }) => ({ least: [...limits.least], most: [...limits.most] }))
  expect(findFlawOfCover(boxes, [...problem.available])).toBeNull()
  for (const { bound, prices, worths } of branches) {
    expect(bound).toBeGreaterThan(-Infinity)
    expect(prices?.copy).toHaveLength(problem.deployments)
    expect(worths?.group).toHaveLength(problem.groupKind.length)
  }
})

test('a search that is asked to end gives its branches as its answer, and tells none before unless it was asked to', async () => {
  await using pool = createSolverPool({ graceMs: 30_000 })
  const stop = new AbortController()
  let told = 0
  const output = await pool.call(
    'patterns',
    { problem, options },
    {
      signal: stop.signal,
      onProgress: (progress) => {
        if ('branches' in progress) told++
        if ('bound' in progress) stop.abort()
      }
    }
  )
  expect(output?.branches.length).toBeGreaterThan(0)
  expect(output?.branches.every(({ bound }) => bound > -Infinity)).toBe(true)
  expect(told).toBe(0)
})
