import type { NodeAnswer, NodeFindings } from '../../review/why/node-answer.js'
import type { PricedChange, PricedChanges, TriedChange } from '../../review/why/priced-changes.js'
import { printable, wrap } from './layout.js'
import { formatAmount } from './numbers.js'
import { describePrice } from './price-words.js'
import type { Style } from './style.js'

/** Changes shown of each group at most. */
const MOST_SHOWN = 8
const MOST_FAILED = 4

/** Single changes that do, with their prices, and those that do not; `what` is what they are to do. */
export function renderChanges(priced: PricedChanges, what: string, style: Style): string[][] {
  const { changes, refuted, undecided } = priced
  if (changes.length === 0 && refuted.length + undecided.length > 0)
    return [
      [style.strong(`No single change was found that would ${what} and save anything`)],
      ...renderFailures(priced, what, style)
    ]
  const found = [
    style.strong(`Single changes that ${what}, the best first`),
    ...changes.slice(0, MOST_SHOWN).flatMap((change) => renderChange(change, style)),
    ...renderMore(changes.length - MOST_SHOWN)
  ]
  return [...(changes.length === 0 ? [] : [found]), ...renderFailures(priced, what, style)]
}

/** Changes that do not do alone, as far as is known, and those that were not tried. */
export function renderFailures({ refuted, undecided, untried }: PricedChanges, what: string, style: Style): string[][] {
  const groups: [title: string, failed: readonly TriedChange[]][] = [
    [`Proven not to ${what} alone`, refuted],
    ['Tried without an answer', undecided],
    ['Not tried for lack of time', untried]
  ]
  return groups
    .filter(([, failed]) => failed.length > 0)
    .map(([title, failed]) => [
      style.strong(title),
      ...failed.slice(0, MOST_FAILED).flatMap(({ words }) => renderLine(words, style)),
      ...renderMore(failed.length - MOST_FAILED)
    ])
}

/** What a change is, and below it what it brings. */
export function renderChange(change: PricedChange, style: Style): string[] {
  return [...renderLine(describeChange(change), style), ...renderLine(describePrice(change), style, 4).map(style.faint)]
}

/** The change in words, as far as its size is known to be the smallest. */
export function describeChange({ words, amount, isSmallest, edits }: PricedChange): string {
  const [first] = edits
  const where = edits.length === 1 && first !== undefined ? `${first.path}: ` : ''
  if (amount === undefined || isSmallest === undefined) return `${where}${words}`
  return `${where}${words}${isSmallest ? '; less is proven not to do' : '; less may do'}`
}

/** That what is proven rests on the word of the Result, where it does. */
export function describeTrust(
  { boundSource }: Pick<NodeAnswer, 'boundSource'>,
  findings: readonly Pick<NodeFindings, 'unchanged' | 'changes'>[]
): string[] {
  const isProven = findings.some(
    ({ unchanged, changes }) => unchanged?.verdict === 'impossible' || changes.some(({ isSmallest }) => isSmallest)
  )
  return boundSource === 'stated' && isProven
    ? ['What is proven here rests on the bound as the result states it, without a certificate.']
    : []
}

/** A text in lines that hang behind their first. */
export function renderLine(text: string, style: Style, by = 2): string[] {
  return wrap(printable(text), style.width - by - 2).map(
    (line, index) => `${' '.repeat(index === 0 ? by : by + 2)}${line}`
  )
}

function renderMore(count: number): string[] {
  return count > 0 ? [`  … and ${formatAmount(count)} more`] : []
}
