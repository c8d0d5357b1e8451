import { expect, test } from 'vitest'
import { writeLp } from '../../models/linear-program/lp-format.js'
import { writeMps } from '../../models/linear-program/mps-format.js'
import { ProgramBuilder } from '../../models/linear-program/program.js'

test('names that readers would stumble over become unique plain words, the same every time', () => {
  const builder = new ProgramBuilder()
  for (const name of ['free', 'e12', '9', '__proto__', 'a b', 'a:b', '🚀', 'z'.repeat(400)])
    builder.column(name, { cost: 1 })
  builder.row('st', 1, 2, [[0, 1]])
  const program = builder.build('names')
  for (const write of [writeLp, writeMps]) {
    const text = write(program, builder.names())
    expect(text).toBe(write(program, builder.names()))
    const words = new Set(text.match(/\bx\d\w*/g))
    expect([...words]).toEqual([
      'x0_free',
      'x1_e12',
      'x2_9',
      'x3_proto',
      'x4_a_b',
      'x5_a_b',
      'x6',
      `x7_${'z'.repeat(48)}`
    ])
    expect(text).toContain('r0_st')
    for (const line of text.split('\n')) expect(line.length).toBeLessThan(500)
  }
})

test.each([
  ['on one line, of plain characters', 'Größe\n1', 'Gr e 1'],
  ['cut where it is long', 'A'.repeat(1e6), 'A'.repeat(100)],
  ['without a blank at its end', `${'A'.repeat(99)} B`, 'A'.repeat(99)]
])('the title is the name of the program %s', (_, name, title) => {
  const builder = new ProgramBuilder()
  const [lp, mps] = [writeLp, writeMps].map((write) => write(builder.build(name), builder.names()).split('\n')[0])
  expect(lp).toBe(`\\ ${title}`)
  expect(mps).toBe(`NAME ${title.replaceAll(' ', '_')} FREE`)
})
