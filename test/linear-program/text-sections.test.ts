import { expect, test } from 'vitest'
import { writeLp } from '../../models/linear-program/lp-format.js'
import { writeMps } from '../../models/linear-program/mps-format.js'
import { ProgramBuilder } from '../../models/linear-program/program.js'

const infinity = Number.POSITIVE_INFINITY
const builder = new ProgramBuilder()
builder.offset = 0.1
builder.column('binary', { cost: 1, upper: 1, integer: true })
builder.column('count', { cost: -2, integer: true })
builder.column('free', { lower: -infinity })
builder.column('below', { lower: -infinity, upper: -1 })
builder.column('fixed', { lower: 3, upper: 3 })
builder.row('equal', 2, 2, [[0, 1 / 3]])
builder.row('range', -1, 2, [
  [0, 1],
  [2, -1e-7]
])
builder.row('nothing', -infinity, infinity, [[0, 1]])
builder.row('empty', -1, infinity, [])
const program = builder.build('sections')

test('LP text', () => {
  expect(writeLp(program, builder.names())).toBe(`\\ sections
Minimize
 cost:
  + 1 x0_binary - 2 x1_count + 0 x2_free + 0 x3_below + 0 x4_fixed + 0.1 one
Subject To
 r0_equal:
  + 0.3333333333333333 x0_binary
  = 2
 r1_range_lower:
  + 1 x0_binary - 1e-7 x2_free
  >= -1
 r1_range_upper:
  + 1 x0_binary - 1e-7 x2_free
  <= 2
 r3_empty:
  + 0 x0_binary
  >= -1
Bounds
 x2_free free
 -inf <= x3_below <= -1
 x4_fixed = 3
 one = 1
Generals
 x1_count
Binaries
 x0_binary
End
`)
})

test('MPS text', () => {
  expect(writeMps(program, builder.names())).toBe(`NAME sections FREE
ROWS
 N cost
 E r0_equal
 G r1_range
 G r3_empty
COLUMNS
 MARKER0 'MARKER' 'INTORG'
 x0_binary cost 1
 x0_binary r0_equal 0.3333333333333333
 x0_binary r1_range 1
 x1_count cost -2
 MARKER1 'MARKER' 'INTEND'
 x2_free cost 0
 x2_free r1_range -1e-7
 x3_below cost 0
 x4_fixed cost 0
 one cost 0.1
RHS
 RHS r0_equal 2
 RHS r1_range -1
 RHS r3_empty -1
RANGES
 RANGE r1_range 3
BOUNDS
 LO BOUND x0_binary 0
 UP BOUND x0_binary 1
 LO BOUND x1_count 0
 PL BOUND x1_count
 FR BOUND x2_free
 MI BOUND x3_below
 UP BOUND x3_below -1
 FX BOUND x4_fixed 3
 FX BOUND one 1
ENDATA
`)
})
