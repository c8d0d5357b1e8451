import type { LinearProgram } from '../../../models/linear-program/program.js'

/** Distances from a whole multiple, in the smaller number, from which on it is none, and up to which it is exactly one. */
const apart = 1e-5
const same = 1e-12

/** Different coefficients of a row beyond which it is not looked at. */
const mostCompared = 200

/**
 * Whether a row has whole columns whose coefficients are nearly, but not quite, multiples of each other. The presolve of HiGHS 1.15
 * takes them for multiples, and has proven false bounds and called feasible programs infeasible for it.
 */
export function hasNearMultiples({ rows, rowStart, entryColumn, entryValue, integer }: LinearProgram): boolean {
  const known = new Set<string>()
  for (let row = 0; row < rows; row++) {
    const sizes = new Set<number>()
    for (let entry = rowStart[row] as number; entry < (rowStart[row + 1] as number); entry++) {
      if (integer[entryColumn[entry] as number] === 1) sizes.add(Math.abs(entryValue[entry] as number))
    }
    if (sizes.size < 2 || sizes.size > mostCompared) continue
    const sorted = [...sizes].sort((left, right) => left - right)
    const key = sorted.join()
    if (known.has(key)) continue
    known.add(key)
    if (areNearMultiples(sorted)) return true
  }
  return false
}

/** The same of some numbers in rising order. */
export function areNearMultiples(sorted: readonly number[]): boolean {
  return sorted.some((small, index) =>
    sorted.slice(index + 1).some((large) => {
      const times = large / small
      const distance = Math.abs(times - Math.round(times))
      return distance < apart && distance > same * times
    })
  )
}
