/** The largest less the smallest of some numbers, however many; 0 of none. */
export function spanOf(numbers: readonly number[]): number {
  let [least, most] = [Infinity, -Infinity]
  for (const number of numbers) {
    least = Math.min(least, number)
    most = Math.max(most, number)
  }
  return numbers.length === 0 ? 0 : most - least
}
