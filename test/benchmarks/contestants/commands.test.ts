import { describe, expect, test } from 'vitest'
import { readCbc, readGlpsol } from '../../../benchmarks/contestants/commands.mjs'

describe('cbc', () => {
  const columns =
    '      0 x0_active_n_1           1                   32.77\n**    3 x3                      0.5                 0\n'

  test('a solution is read by the index in the names of its columns', () => {
    const answer = readCbc(`Optimal - objective value 173.10000000\n${columns}`, '', 5)
    expect(answer).toMatchObject({ status: 'Optimal', objective: 173.1, bound: 173.1, isInfeasible: false })
    expect([...(answer.point ?? [])]).toEqual([1, 0, 0, 0.5, 0])
  })

  test.each([
    ['Stopped on time (no integer solution - continuous used)', false, 560.4995],
    ['Infeasible', true, null],
    ['Integer infeasible', true, null]
  ])('what it writes down is no point: %s', (status, isInfeasible, bound) => {
    const answer = readCbc(`${status} - objective value 574.44\n${columns}`, 'Lower bound:   560.5\n', 5)
    expect(answer).toEqual({ status, isInfeasible, objective: Number.POSITIVE_INFINITY, point: null, bound })
  })

  test('its bound is what the log tells, less what may have been rounded up, or the optimum', () => {
    const boundOf = (head: string, log: string) => readCbc(`${head} - objective value 583.48\n`, log, 1).bound
    const log = 'Objective value:                583.48\nLower bound:                    582.535\nGap:  0.00\n'
    expect(boundOf('Stopped on time', log)).toBeCloseTo(582.5345, 9)
    expect(boundOf('Optimal', 'Objective value: 583.48\n')).toBe(583.48)
    expect(boundOf('Stopped on time', '')).toBeNull()
  })
})

describe('glpsol', () => {
  const log =
    '+   100: mip =     not found yet >=   4.6e+01        (1; 0)\n+   900: mip =   1.394e+02 >=   7.285e+01  47.7% (3; 0)\n'
  const columns = 'j 1 1\nj 2 0\nj 3 2\nj 4 1\ne o f\n'

  test('a solution is read by the number of its columns, but for the one of the constant', () => {
    const answer = readGlpsol(`c Problem: p\ns mip 7 4 f 139.41\ni 1 5\n${columns}`, log, 3)
    expect(answer).toMatchObject({ status: 'Feasible', objective: 139.41, bound: 72.85, isInfeasible: false })
    expect([...(answer.point ?? [])]).toEqual([1, 0, 2])
  })

  test('an optimum is its own bound', () => {
    expect(readGlpsol(`s mip 7 3 o 95.3\n${columns}`, log, 4).bound).toBe(95.3)
  })

  test.each([
    ['s mip 7 3 u 0\n', log, { status: 'Nothing found', isInfeasible: false, bound: 72.85 }],
    ['s mip 7 3 n 0\n', '', { status: 'Infeasible', isInfeasible: true, bound: null }],
    [
      's mip 7 3 u 0\n',
      'PROBLEM HAS NO PRIMAL FEASIBLE SOLUTION',
      { status: 'Infeasible', isInfeasible: true, bound: null }
    ],
    ['', '', { status: 'Nothing found', isInfeasible: false, bound: null }]
  ])('without a point: %j', (solution, printed, expected) => {
    expect(readGlpsol(solution, printed, 3)).toEqual({ ...expected, point: null, objective: Number.POSITIVE_INFINITY })
  })
})
