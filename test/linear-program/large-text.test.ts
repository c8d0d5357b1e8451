import { expect, test } from 'vitest'
import { writeLp } from '../../models/linear-program/lp-format.js'
import { writeMps } from '../../models/linear-program/mps-format.js'
import { ProgramBuilder } from '../../models/linear-program/program.js'

/** More than the arguments that a call may have. */
const COLUMNS = 200_000

test('a program with more lines than a call may have arguments is written whole', () => {
  const builder = new ProgramBuilder()
  for (let column = 0; column < COLUMNS; column++) {
    builder.column(`c${column}`, { cost: 1, upper: column % 2 === 0 ? 1 : 9, integer: true })
    builder.row(`r${column}`, 0, 5, [[column, 1]])
  }
  const program = builder.build('large')
  const names = builder.names()
  const [lp, mps] = [writeLp(program, names), writeMps(program, names)]
  // In the section of whole columns, each on a line by itself.
  expect(lp.split('\n').filter((line) => /^ x\d+_c\d+$/.test(line))).toHaveLength(COLUMNS)
  expect(lp.endsWith('\nEnd\n')).toBe(true)
  expect(mps.endsWith('\nENDATA\n')).toBe(true)
  expect(mps.split('\n').filter((line) => line.startsWith(' RANGE '))).toHaveLength(COLUMNS)
})
