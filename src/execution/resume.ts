import { type JournalEntry, JournalError } from './journal.js'
import type { Progress } from './progress.js'
import { isGood } from './step-record.js'

/** What a journal says of a plan. */
export interface Resumption {
  /** The entries of the execution to go on with, or of one that has ended; none: it begins. */
  readonly entries: readonly JournalEntry[]
  /** Attempts of former executions of the same plan. */
  readonly base: number
}

/**
 * Finds in a journal what concerns a plan. One that has ended has ended; but where nothing remains of it, all cancelled or taken
 * back, it begins anew, under new ids: for what is there now, the same plan may well be made again.
 *
 * @param replay reads entries as an execution would
 * @throws JournalError when another plan has not ended
 */
export function findResumption(
  entries: readonly JournalEntry[],
  plan: string,
  replay: (entries: readonly JournalEntry[]) => Progress
): Resumption {
  const last = entries.map(({ kind }) => kind).lastIndexOf('plan')
  const head = entries[last]
  if (head === undefined || head.kind !== 'plan') {
    if (entries.length === 0) return { entries: [], base: 0 }
    throw new JournalError('the journal does not say of which plan it is')
  }
  const own = entries.slice(last)
  const hasEnded = own.some(({ kind }) => kind === 'finish')
  if (head.plan !== plan) {
    if (hasEnded) return { entries: [], base: attemptsOf(entries, plan) }
    throw new JournalError(
      `the journal is of ${head.plan}, which has not ended, and not of ${plan}: finish it with its own plan, or use another journal`
    )
  }
  const remains = () => replay(own).records.some(({ state }) => isGood(state) || state === 'stuck')
  if (hasEnded && own.length > 2 && !remains()) return { entries: [], base: attemptsOf(entries, plan) }
  return { entries: own, base: head.base ?? 0 }
}

/** The highest number of an attempt in all executions of a plan. */
function attemptsOf(entries: readonly JournalEntry[], plan: string): number {
  let isOwn = false
  let base = 0
  let highest = 0
  for (const entry of entries) {
    if (entry.kind === 'plan') {
      isOwn = entry.plan === plan
      base = entry.base ?? 0
    } else if (entry.kind === 'begin' && isOwn) highest = Math.max(highest, base + entry.attempt)
  }
  return highest
}
