import type { NodeAnswer, NodeFindings } from '../../review/why/node-answer.js'
import type { PricedChange, PricedChanges, TriedChange } from '../../review/why/priced-changes.js'
import { printable } from '../text/layout.js'
import { describePrice } from '../text/price-words.js'
import { item, type Section, someOf } from './section.js'

/** Changes told of each group at most. */
const MOST_TOLD = 8
const MOST_FAILED = 4

/** Single changes that do, with their prices, and those that do not; `what` is what they are to do. */
export function tellChanges(priced: PricedChanges, what: string): Section[] {
  const { changes, refuted, undecided } = priced
  const failures = tellFailures(priced, what)
  if (changes.length > 0) {
    const title = `Single changes that ${what}, the best first`
    const tell = (change: PricedChange) => item(describeChange(change), describePrice(change))
    return [{ title, lines: someOf(changes, MOST_TOLD, tell) }, ...failures]
  }
  if (refuted.length + undecided.length === 0) return failures
  return [{ title: `No single change was found that would ${what} and save anything`, lines: [] }, ...failures]
}

/** Changes that do not do alone, as far as is known, and those that were not tried. */
export function tellFailures({ refuted, undecided, untried }: PricedChanges, what: string): Section[] {
  const groups: [title: string, failed: readonly TriedChange[]][] = [
    [`Proven not to ${what} alone`, refuted],
    ['Tried without an answer', undecided],
    ['Not tried for lack of time', untried]
  ]
  return groups
    .filter(([, failed]) => failed.length > 0)
    .map(([title, failed]) => ({ title, lines: someOf(failed, MOST_FAILED, ({ words }) => item(printable(words))) }))
}

/** The change in words, as far as its size is known to be the smallest. */
export function describeChange({ words, amount, isSmallest, edits }: PricedChange): string {
  const [first] = edits
  const where = edits.length === 1 && first !== undefined ? `${first.path}: ` : ''
  const size = amount === undefined || isSmallest === undefined ? '' : isSmallest ? SMALLEST : PERHAPS_LESS
  return printable(`${where}${words}${size}`)
}

const SMALLEST = '; less is proven not to do'
const PERHAPS_LESS = '; less may do'

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
