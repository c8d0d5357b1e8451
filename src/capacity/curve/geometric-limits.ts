/** 0, 1, 2, 5, 10, 20, 50, … below a number: as dense at each order of magnitude. */
export function geometricLimits(below: number): number[] {
  const limits = below > 0 ? [0] : []
  for (let power = 1; power < below; power *= 10) {
    for (const factor of [1, 2, 5]) if (factor * power < below) limits.push(factor * power)
  }
  return limits
}
