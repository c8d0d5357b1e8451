/** The percentile by nearest rank: the ⌈share · count⌉-th smallest of some numbers; NaN of none. */
export function nearestRank(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)] ?? Number.NaN
}
