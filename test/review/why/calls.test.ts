import { expect, test } from 'vitest'
import { verifyPlacement } from '../../../models/checker/verify-placement.js'
import { parseProblem } from '../../../models/contract/parse.js'
import { compact, InputError, type ProblemInput } from '../../../src/index.js'
import { type WhyAnswer, type WhyOptions, why } from '../../../src/review/index.js'
import { node, readFixture, running } from '../../compact/planned.js'

const problem: ProblemInput = {
  schemaVersion: 1,
  nodes: [node('a'), node('b', { costPerHour: 2 }), node('c', { costPerHour: 3 })],
  deployments: [{ id: 'd', demand: { cpu: 3 } }],
  replicas: running('d', 'a', 'b', 'c')
}
const asked = async (options: WhyOptions = {}) => why(problem, await compact(problem, { timeLimitMs: 2000 }), options)

async function faultOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => null,
    (thrown: unknown) => thrown
  )
  expect(error).toBeInstanceOf(InputError)
  return (error as InputError).message
}

test('names that are not there are told with those that are near', async () => {
  const nodes = await faultOf(asked({ node: 'B' }))
  expect(nodes).toContain('node: found "B", expected the id of a node: "b"')
  expect(await faultOf(asked({ replica: 'd-9' }))).toMatch(
    /replica: found "d-9", expected the id of a replica: "d-[012]"/
  )
})

test('options that are none are told', async () => {
  expect(await faultOf(asked({ node: 'a', replica: 'd-0' }))).toContain('one of the two')
  expect(await faultOf(asked({ node: 7 } as never))).toContain('node: found 7')
  expect(await faultOf(asked({ nodes: 'a' } as never))).toContain('unknown option')
  expect(await faultOf(asked({ timeLimitMs: -1 }))).toContain('timeLimitMs')
})

test('a Result of another Problem, and one that the checker refuses, are refused', async () => {
  const result = await compact(problem, { timeLimitMs: 2000 })
  const other = { ...problem, name: 'another' }
  expect(await faultOf(why(other, result))).toContain('made for another Problem')
  const wrong = { ...result, releasedNodes: ['a'] }
  expect(await faultOf(why(problem, wrong))).toContain('a Result that the checker passes')
  expect(await faultOf(why(problem, {} as never))).toContain('result')
})

test('without a Result the Problem is planned first', async () => {
  const answer = await why(problem, undefined, { node: 'c', timeLimitMs: 4000 })
  expect(answer).toMatchObject({ kind: 'why-node', fate: 'stays', changes: [{ kind: 'capacity' }, {}] })
})

test('limits that were given beside the Problem count as its own', async () => {
  const halves = { ...problem, deployments: [{ id: 'd', demand: { cpu: 2 } }] }
  const result = await compact(halves, { maxMigrations: 0, timeLimitMs: 2000 })
  expect(result.solve.budget).toEqual({ maxMigrations: 0 })
  const answer = await why(halves, result, { node: 'c', timeLimitMs: 4000 })
  expect(answer).toMatchObject({
    unchanged: { verdict: 'impossible' },
    changes: [{ edits: [{ path: 'budget.maxMigrations', from: 0, to: 1 }], savesPerHour: 3, isSmallest: true }]
  })
})

test('the same seed and work limit give the same answer, with any number of threads', async () => {
  const dense = readFixture('dense/dense-25-1')
  const result = await compact(dense, { workLimit: 1000 })
  const node = result.explanation.nodes?.[0]?.node as string
  const told = ({ seconds: _, ...answer }: WhyAnswer) => answer
  const [one, two] = await Promise.all(
    [1, 2].map(async (threads) => told(await why(dense, result, { node, workLimit: 6000, threads })))
  )
  expect(one).toEqual(two)
})

test('a deadline holds, and whatever was found by then is told', async () => {
  const dense = readFixture('dense/dense-100-1')
  const result = await compact(dense, { solver: 'greedy' })
  for (const options of [{}, { node: result.explanation.nodes?.[0]?.node as string }]) {
    const began = performance.now()
    const answer = await why(dense, result, { ...options, timeLimitMs: 1500 })
    expect(performance.now() - began).toBeLessThan(1500 * 1.1 + 1000)
    expect(answer.limits.seconds).toBe(1.5)
  }
})

test('an abort rejects with its reason, at once', async () => {
  const dense = readFixture('dense/dense-100-1')
  const result = await compact(dense, { solver: 'greedy' })
  const stop = new AbortController()
  const reason = new Error('enough')
  const began = performance.now()
  setTimeout(() => stop.abort(reason), 300)
  await expect(why(dense, result, { signal: stop.signal, timeLimitMs: 30_000 })).rejects.toBe(reason)
  expect(performance.now() - began).toBeLessThan(3000)
  await expect(why(dense, result, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
})

test('progress counts what was tried, and every plan that is rested on passes the checker', async () => {
  const seen: number[] = []
  let plans = 0
  const answer = await asked({
    node: 'c',
    onProgress: ({ done, of }) => {
      expect(done).toBeLessThanOrEqual(of)
      seen.push(done)
    },
    onPlacement: (evidence) => {
      plans++
      expect(verifyPlacement(evidence.problem, evidence.placement)).toEqual([])
    }
  })
  expect(answer.kind === 'why-node' && answer.changes.length).toBeLessThanOrEqual(plans)
  expect(Math.max(...seen)).toBeGreaterThan(0)
})

test('names may be anything', async () => {
  const strange: ProblemInput = {
    schemaVersion: 1,
    nodes: [
      { id: '__proto__', capacity: { constructor: 4 }, costPerHour: 1 },
      { id: '<b>🦊</b>', capacity: { constructor: 4 }, costPerHour: 2 }
    ],
    deployments: [{ id: 'toString', demand: { constructor: 3 } }],
    replicas: [
      { id: '__proto__', deployment: 'toString', node: '__proto__' },
      { id: 'x'.repeat(512), deployment: 'toString', node: '<b>🦊</b>' }
    ]
  }
  const result = await compact(strange, { timeLimitMs: 2000 })
  const answer = await why(strange, result, { node: '<b>🦊</b>', timeLimitMs: 3000 })
  expect(answer).toMatchObject({ changes: [{ edits: [{ path: 'nodes[0].capacity.constructor', from: 4, to: 6 }] }] })
  expect(await why(strange, result, { replica: '__proto__', timeLimitMs: 3000 })).toMatchObject({ fate: 'stays' })
  expect(parseProblem(strange).nodes).toHaveLength(2)
})
