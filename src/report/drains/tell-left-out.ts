import type { DrainProjection } from '../../adapters/ray/drains/projection.js'
import { formatCount, formatMoney } from '../text/numbers.js'

/** What of a plan is not in its drains: a line; empty where they are all of it. */
export function tellLeftOut({ steps, costPerHour: { now, planned, drained } }: DrainProjection): string {
  const left = steps.filter(({ isExecutable }) => !isExecutable).length
  if (left === 0) return ''
  const are = left === 1 ? 'is' : 'are'
  const saved = `${formatMoney(now - drained)} of ${formatMoney(now - planned)} an hour are saved`
  return `${left} of ${formatCount(steps.length, 'step')} cannot be expressed in drains and ${are} left out: ${saved}. drains tells which; plan --executable-on ray makes plans that leave nothing out.\n`
}
