import { compact, type ProblemInput } from 'replica-compactor'
import { expect, test } from 'vitest'
import { askNaively } from './naive-tableau.js'
import { expectChecked, readFixture } from './planned.js'

const solver = 'javascript-lp-solver'

/** The same cluster with memory in bytes. */
function inBytes({ nodes, deployments, ...rest }: ProblemInput): ProblemInput {
  const convert = <Amounts extends { memory?: number | undefined }>(amounts: Amounts) => ({
    ...amounts,
    memory: (amounts.memory ?? 0) * 2 ** 30
  })
  return {
    ...rest,
    nodes: nodes.map((node) => ({ ...node, capacity: convert(node.capacity) })),
    deployments: deployments.map((deployment) => ({ ...deployment, demand: convert(deployment.demand) }))
  }
}

test('javascript-lp-solver returns a relaxation when its time is over; the answer is that of greedy, checked', async () => {
  const problem = readFixture('packing/zephyrus-2016-12-8-6-3')
  // When its time is over depends on the machine: of several limits one catches it in the middle.
  const answers = [1, 2, 3, 5, 8, 13, 21].map((timeoutMs) => askNaively(problem, timeoutMs))
  expect(answers.some(({ isFeasible, point }) => isFeasible && point.fractionality > 0.1)).toBe(true)

  const result = await compact(problem, { solver, timeLimitMs: 1000 })
  expectChecked(problem, result)
  expect(result.producer).toBe('greedy')
  // The bound is counted: the solver proves none.
  expect(result.termination).not.toBe('optimal')
})

test('it calls a cluster with memory in bytes infeasible; the answer is right, and checked', async () => {
  const problem = inBytes(readFixture('synthetic/synthetic-12-1'))
  expect(askNaively(problem, 2000).isFeasible).toBe(false)

  const result = await compact(problem, { solver, timeLimitMs: 3000 })
  expectChecked(problem, result)
  expect(result.objective?.costPerHour).toBeCloseTo(25.68, 6)
})
