import { formatPercent } from '../text/numbers.js'

/** What is less than this is left by rounding alone. */
const CLOSED = 1e-6

/** Whether nothing is left between what was found and what is proven. */
export function isClosed(gap: number): boolean {
  return gap <= CLOSED
}

/** How near something is to the best there is: `within 1.3 %`, or `proven optimal`. */
export function describeGap(gap: number): string {
  return isClosed(gap) ? 'proven optimal' : `within ${formatPercent(gap)}`
}
