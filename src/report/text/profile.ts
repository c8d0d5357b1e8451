import type { Result } from '../../../models/contract/result.js'
import { alignColumns, printable } from './layout.js'
import { formatAmount } from './numbers.js'
import { plainStyle, type Style } from './style.js'

/** What is shown of a part: less is noise. */
const LEAST_MS = 1

/**
 * Where the time of a call went, the longest part first, and for which searches; empty where the Result does not say. Threads work
 * beside each other, so that the parts may be more than the whole.
 */
export function renderProfile({ solve: { profile } }: Result, style: Style = plainStyle): string {
  if (profile === undefined) return ''
  const rows = Object.entries(profile)
    .map(([part, spent]) => ({ part, sum: sumOf(spent), shares: typeof spent === 'number' ? [] : largest(spent) }))
    .filter(({ sum }) => sum >= LEAST_MS)
    .sort((left, right) => right.sum - left.sum)
    .flatMap(({ part, sum, shares: [first, ...others] }) => [
      [`  ${printable(part)}`, format(sum), ...(first === undefined ? [] : describeShare(first, others.length > 0))],
      ...others.map((other) => ['', '', ...describeShare(other, true)])
    ])
  const lines = alignColumns(rows, ['left', 'right', 'left', 'right'])
  return `${[style.strong('Time spent, ms'), ...lines].join('\n')}\n`
}

function sumOf(spent: number | Readonly<Record<string, number>>): number {
  return typeof spent === 'number' ? spent : Object.values(spent).reduce((sum, share) => sum + share, 0)
}

function largest(shares: Readonly<Record<string, number>>): [search: string, spent: number][] {
  const shown = Object.entries(shares).filter(([, spent]) => spent >= LEAST_MS)
  return shown.sort(([, left], [, right]) => right - left)
}

/** A single search has the whole: its number stands there already. */
function describeShare([search, spent]: [string, number], isOneOfSeveral: boolean): string[] {
  return [printable(search), isOneOfSeveral ? format(spent) : '']
}

function format(milliseconds: number): string {
  return formatAmount(Math.round(milliseconds))
}
