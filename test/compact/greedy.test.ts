import { compact, type Result } from 'replica-compactor'
import { expect, test } from 'vitest'
import { expectChecked, readFixture } from './planned.js'

const problem = readFixture('dense/dense-100-1')
const withoutTimes = ({ solve: _solve, ...rest }: Result) => rest

test('greedy alone says so, and proves nothing that it does not know', async () => {
  const result = await compact(problem, { solver: 'greedy' })
  expectChecked(problem, result)
  expect(result.producer).toBe('greedy')
  expect(result.solve.solver).toBe('greedy')
  expect(result.objective?.costPerHour).toBeLessThan(result.initial.costPerHour)
  expect(result.bound?.total).toBeLessThan(result.objective?.total as number)
  expect(result.termination).toBe('time-limit')
})

test('greedy alone gives the same answer every time', async () => {
  const answers = [await compact(problem, { solver: 'greedy' }), await compact(problem, { solver: 'greedy' })]
  expect(withoutTimes(answers[0] as Result)).toEqual(withoutTimes(answers[1] as Result))
})
