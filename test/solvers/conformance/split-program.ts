import { type LinearProgram, ProgramBuilder } from '../../../models/linear-program/program.js'
import { seededRandom } from '../../../src/random.js'

const [sums, choices] = [3, 30]

/**
 * Choices that shall halve some sums, at the price of what is left over: every choice is a point, so that each solver has
 * one in moments. Nothing left over is impossible, for every choice adds something even and the halves add up to something
 * odd; but the relaxation leaves nothing over until nearly all choices are made, so that no solver comes to an end.
 */
export function splitProgram(): LinearProgram {
  const builder = new ProgramBuilder()
  const random = seededRandom(6)
  const parts = Array.from({ length: choices }, () => {
    builder.column('', { upper: 1, integer: true })
    const [first, second, third] = [1, 1, 1].map((least) => least + Math.floor(100 * random())) as [
      number,
      number,
      number
    ]
    return [first, second, third + ((first + second + third) % 2)]
  })
  const halves = Array.from({ length: sums }, (_, sum) =>
    Math.floor(parts.reduce((total, part) => total + (part[sum] as number), 0) / 2)
  ) as [number, number, number]
  halves[0] += 1 - ((halves[0] + halves[1] + halves[2]) % 2)
  for (const [sum, half] of halves.entries()) {
    const [over, under] = [builder.column('', { cost: 1 }), builder.column('', { cost: 1 })]
    const entries = parts.map((part, choice) => [choice, part[sum] as number] as const)
    builder.row('', half, half, [...entries, [over, -1], [under, 1]])
  }
  return builder.build('split')
}
