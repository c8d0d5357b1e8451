import { describe, expect, test } from 'vitest'
import { readBound, readSolution } from '../../benchmarks/rivals/run-cbc.mjs'
import { median, rankStandings, refuteBounds } from '../../benchmarks/rivals/table.mjs'

const run = {
  instance: 'one',
  contestant: 'replica-compactor',
  seed: 1,
  cost: 100 as number | null,
  bound: 90 as number | null,
  wrong: null as string | null,
  termination: 'time-limit',
  seconds: 2
}

test('a median is the middle, or between the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
  expect(median([])).toBeNull()
})

test('a standing has the medians of its runs, and ratios to this engine', () => {
  const other = { ...run, contestant: 'other' }
  const [ours, theirs] = rankStandings([
    run,
    { ...run, seed: 2, cost: 102, seconds: 4 },
    { ...run, seed: 3, cost: 101, bound: null, seconds: 3 },
    { ...other, cost: 202, bound: 45 },
    { ...other, seed: 2, cost: null, bound: null }
  ])
  expect(ours).toMatchObject({ cost: 101, costRatio: 1, bound: 90, boundRatio: 1, seconds: 3, remark: '' })
  expect(theirs).toMatchObject({ cost: 202, costRatio: 2, bound: 45, boundRatio: 0.5, remark: 'no answer in 1 of 2' })
})

test('a bound above a placement that another found is wrong, and does not count', () => {
  const liar = { ...run, contestant: 'liar', cost: 120, bound: 101 }
  const elsewhere = { ...liar, instance: 'two' }
  const runs = refuteBounds([run, liar, elsewhere])
  expect(runs.map(({ wrong }) => wrong)).toEqual([null, 'proves 101, yet 100 is possible', null])
  expect(rankStandings(runs)[1]).toMatchObject({
    cost: null,
    bound: null,
    remark: expect.stringContaining('**wrong**')
  })
})

describe('cbc', () => {
  const columns =
    '      0 x0_active_n_1           1                   32.77\n**    3 x3                      0.5                 0\n'

  test('a solution is read by the index in the names of its columns', () => {
    const { status, objective, point } = readSolution(`Optimal - objective value 173.10000000\n${columns}`, 5)
    expect(status).toBe('Optimal')
    expect(objective).toBe(173.1)
    expect([...(point ?? [])]).toEqual([1, 0, 0, 0.5, 0])
  })

  test.each(['Stopped on time (no integer solution - continuous used)', 'Infeasible', 'Integer infeasible'])(
    'what it writes down is no point: %s',
    (status) => {
      const read = readSolution(`${status} - objective value 574.44\n${columns}`, 5)
      expect(read).toEqual({ status, objective: Number.POSITIVE_INFINITY, point: null })
    }
  )

  test('its bound is what the log tells, or the optimum', () => {
    const log = 'Objective value:                583.48\nLower bound:                    582.535\nGap:  0.00\n'
    expect(readBound(log, 'Stopped on time', 583.48)).toBe(582.535)
    expect(readBound('Objective value: 583.48\n', 'Optimal', 583.48)).toBe(583.48)
    expect(readBound('', 'Stopped on time', 583.48)).toBeNull()
  })
})
