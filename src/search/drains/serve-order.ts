import type { Problem } from '../../../models/contract/problem.js'

/** What Ray Serve compares first of two amounts of several resources; everything else comes after these, by name. */
const FIRST = ['gpu', 'cpu', 'memory']
/** Amounts that differ by less are equal: sums of shares are not exact. */
const PRECISION = 1e6

/** The resources of a Problem in the order in which Serve compares amounts of them: those that nobody asks for, too. */
export function resourcesInServeOrder({ nodes, deployments }: Problem): string[] {
  const names = new Set<string>()
  for (const { capacity } of nodes) for (const name of Object.keys(capacity)) names.add(name)
  for (const { demand } of deployments) for (const name of Object.keys(demand)) names.add(name)
  const others = [...names].filter((name) => !FIRST.includes(name)).sort()
  return [...FIRST.filter((name) => names.has(name)), ...others]
}

/** An amount as it is compared. */
export function comparable(amount: number): number {
  return Math.round(amount * PRECISION)
}

/** Which of two rows of comparable amounts comes first: negative, the left one is the smaller. */
export function compareRows(
  left: Float64Array,
  right: Float64Array,
  width: number,
  one: number,
  other: number
): number {
  for (let column = 0; column < width; column++) {
    const difference = (left[one * width + column] as number) - (right[other * width + column] as number)
    if (difference !== 0) return difference
  }
  return 0
}
