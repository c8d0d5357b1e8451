/** Whether two numbers are equal up to the order in which they were summed: a part in 10⁹ of the larger, or 10⁻⁹ below 1. */
export function isAlike(left: number, right: number): boolean {
  return left === right || Math.abs(left - right) <= 1e-9 * Math.max(1, Math.abs(left), Math.abs(right))
}

/** Whether a number is below another by more than a solver's rounding explains: a part in 10⁶ of that one, or 10⁻⁶ below 1. */
export function isLess(amount: number, than: number): boolean {
  return amount < than - 1e-6 * Math.max(1, Math.abs(than))
}
