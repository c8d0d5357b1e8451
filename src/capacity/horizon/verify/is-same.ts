/** How far sums of money may be from each other, relatively. */
export const SAME = 1e-6

export function isSame(one: number, other: number): boolean {
  return Math.abs(one - other) <= SAME * Math.max(1, Math.abs(one), Math.abs(other))
}
