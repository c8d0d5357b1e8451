/** A point of a curve on which both coordinates grow. */
export interface Growing {
  readonly spent: number
  readonly gained: number
}

/**
 * The knee of a curve of diminishing returns, by its index: the point farthest above the chord from the first to the last, both axes
 * scaled to 0 … 1 (Satopää et al., Finding a "Kneedle" in a Haystack, 2011, without smoothing: the curve is exact). The first of those as
 * far; null where nothing is gained, or no point lies above the chord.
 */
export function findKnee(points: readonly Growing[]): number | null {
  const first = points[0]
  const last = points.at(-1)
  if (first === undefined || last === undefined) return null
  const [width, height] = [last.spent - first.spent, last.gained - first.gained]
  if (width <= 0 || height <= 0) return null
  let knee: number | null = null
  let farthest = 1e-9
  for (const [index, { spent, gained }] of points.entries()) {
    const distance = (gained - first.gained) / height - (spent - first.spent) / width
    if (distance > farthest) [farthest, knee] = [distance, index]
  }
  return knee
}
