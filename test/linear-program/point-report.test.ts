import { expect, test } from 'vitest'
import { reportPoint } from '../../models/linear-program/point-report.js'
import { ProgramBuilder } from '../../models/linear-program/program.js'

const infinity = Number.POSITIVE_INFINITY
const builder = new ProgramBuilder()
builder.offset = 1
builder.column('', { cost: 2, integer: true })
builder.column('', { cost: -1, lower: -infinity })
builder.row('', -infinity, 10, [
  [0, 3],
  [1, 1]
])
builder.row('', 2, infinity, [[0, 1]])
const program = builder.build('report')

test.each([
  [[2, 4], { infeasibility: 0, fractionality: 0, objective: 1 }],
  [[2.25, 0], { infeasibility: 0, fractionality: 0.25, objective: 5.5 }],
  [[2, 9], { infeasibility: 0.5, fractionality: 0, objective: -4 }],
  [[-1, 0], { infeasibility: 1.5, fractionality: 0, objective: -1 }]
])('%j against open-ended bounds', (point, report) => {
  expect(reportPoint(program, Float64Array.from(point))).toEqual(report)
})

test.each([[[2, Number.NaN]], [[2]], [[infinity, 0]]])('%j violates infinitely', (point) => {
  expect(reportPoint(program, Float64Array.from(point)).infeasibility).toBe(infinity)
})

test('memory in bytes is not more broken than the same in GB', () => {
  const reports = [1, 2 ** 30].map((gigabyte) => {
    const memory = new ProgramBuilder()
    memory.column('', { integer: true })
    memory.column('', {})
    memory.row('', -infinity, 0, [
      [0, 4 * gigabyte],
      [1, -16 * gigabyte]
    ])
    return reportPoint(memory.build('memory'), Float64Array.of(2, 0.25))
  })
  expect(reports[0]?.infeasibility).toBe(0.25)
  expect(reports[1]).toEqual(reports[0])
})

test('a row counts in its own numbers, however small', () => {
  const small = new ProgramBuilder()
  small.column('', {})
  small.row('', -infinity, 1e-9, [[0, 1e-9]])
  expect(reportPoint(small.build('small'), Float64Array.of(2)).infeasibility).toBeCloseTo(0.5, 12)
})

test('a large coefficient excuses nothing where its whole column is 0', () => {
  const large = new ProgramBuilder()
  large.column('', {})
  large.column('', { integer: true })
  large.row('', -infinity, 0, [
    [0, 1],
    [1, -1e9]
  ])
  expect(reportPoint(large.build('large'), Float64Array.of(3, 0)).infeasibility).toBe(1)
})
