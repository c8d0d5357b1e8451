/** Relative slack of every comparison: sums of decimal fractions are not exact. */
const SLACK = 1e-6

/** Whether a value exceeds a limit by more than rounding explains. */
export function exceeds(value: number, limit: number): boolean {
  return value > limit + SLACK * Math.max(1, Math.abs(limit))
}

/** Whether two numbers are the same up to rounding. */
export function isNear(value: number, expected: number): boolean {
  return Math.abs(value - expected) <= SLACK * Math.max(1, Math.abs(expected))
}
