import type { LinearProgram } from '../../../models/linear-program/program.js'

/** Rounding up to which a number is exactly a multiple of another. */
const same = 1e-12

/** Distance, in the greater number, up to which it is nearly one. */
const near = 1e-5

/** The least unit of which numbers are nearly multiples, as a part of the largest. */
const leastUnit = 1e-3

/** Different coefficients of a row beyond which it is not looked at. */
const mostCompared = 200

/**
 * Whether a row has whole columns whose coefficients are nearly, but not quite, multiples of each other or of a common unit. The
 * presolve of HiGHS 1.15 takes them for multiples, and has proven false bounds and called feasible programs infeasible for it.
 */
export function hasNearMultiples({ rows, rowStart, entryColumn, entryValue, integer }: LinearProgram): boolean {
  const known = new Set<string>()
  for (let row = 0; row < rows; row++) {
    const sizes = new Set<number>()
    for (let entry = rowStart[row] as number; entry < (rowStart[row + 1] as number); entry++) {
      if (integer[entryColumn[entry] as number] === 1) sizes.add(Math.abs(entryValue[entry] as number))
    }
    if (sizes.size < 2 || sizes.size > mostCompared) continue
    const falling = [...sizes].sort((left, right) => right - left)
    const key = falling.join()
    if (known.has(key)) continue
    known.add(key)
    if (areNearMultiples(falling)) return true
  }
  return false
}

/** The same of some numbers in falling order. */
export function areNearMultiples(falling: readonly number[]): boolean {
  const isPair = falling.some((large, index) =>
    falling.slice(index + 1).some((small) => isNear(large, small) && !isSame(large, small))
  )
  if (isPair) return true
  const [largest] = falling as [number]
  const unit = falling.reduce((divisor, value) => nearDivisor(divisor, value, near * largest), largest)
  if (falling.length < 3 || unit < leastUnit * largest) return false
  const exact = largest / Math.round(largest / unit)
  return falling.some((value) => !isSame(value, exact))
}

function isNear(large: number, small: number): boolean {
  return Math.abs(large - Math.round(large / small) * small) < near * large
}

function isSame(large: number, small: number): boolean {
  return Math.abs(large - Math.round(large / small) * small) < same * large
}

/** Euclid's, where remainders up to `noise` are none. */
function nearDivisor(left: number, right: number, noise: number): number {
  let [divisor, rest] = [left, right]
  while (rest > noise) {
    const remainder = divisor % rest
    divisor = rest
    rest = divisor - remainder <= noise ? 0 : remainder
  }
  return divisor
}
