/**
 * Indices of what to draw of a long series, ascending: the first, the last, and the least and the greatest of each of so many equal
 * stretches of x, so that no peak is lost. A null, where a line is interrupted, is kept once a stretch. All, where there are few.
 */
export function thinOut(xs: readonly number[], ys: readonly (number | null)[], stretches: number): number[] {
  const all = xs.map((_, index) => index)
  const parts = Math.max(1, Math.floor(stretches))
  if (xs.length <= 2 * parts) return all
  const first = xs[0] ?? 0
  const span = (xs.at(-1) ?? 0) - first
  const stretchOf = (index: number) =>
    span > 0 ? Math.min(parts - 1, Math.floor((((xs[index] ?? 0) - first) / span) * parts)) : 0
  const kept = new Set([0, xs.length - 1])
  for (let begin = 0; begin < xs.length; ) {
    const stretch = stretchOf(begin)
    let end = begin
    let [least, greatest, gap]: (number | undefined)[] = []
    for (; end < xs.length && stretchOf(end) === stretch; end++) {
      const value = ys[end] ?? null
      if (value === null) {
        gap ??= end
        continue
      }
      if (least === undefined || value < (ys[least] ?? 0)) least = end
      if (greatest === undefined || value > (ys[greatest] ?? 0)) greatest = end
    }
    for (const index of [least, greatest, gap]) if (index !== undefined) kept.add(index)
    begin = end
  }
  return all.filter((index) => kept.has(index))
}
