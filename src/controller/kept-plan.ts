import { parseProblem, parseResult } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import type { Clock } from '../execution/clock.js'
import { type Journal, type JournalEntry, JournalError, memoryJournal } from '../execution/journal.js'
import { describeFault } from '../execution/listener.js'
import type { JournalMaker } from './controller.js'
import { askWithin } from './time-limit.js'

/** A plan that a journal says has begun and not ended. */
export interface KeptPlan {
  readonly plan: string
  /** When it was begun, in milliseconds of the clock. */
  readonly at: number
  readonly problem: Problem
  readonly result: Result
}

/** The journal of one plan, to be closed after use. */
export interface OpenJournal {
  readonly journal: Journal
  close(): Promise<void>
}

/** Opens the journal that a former controller may have left (null), or that of a plan. */
export function journalSource(
  given: Journal | JournalMaker | undefined
): (plan: string | null) => Promise<OpenJournal> {
  if (typeof given === 'function') {
    return async (plan) => {
      const journal = await given(plan)
      return {
        journal,
        close: async () => {
          if ('close' in journal && typeof journal.close === 'function') await journal.close()
        }
      }
    }
  }
  let current = given ?? memoryJournal()
  return async (plan) => {
    // In memory those of plans that have ended are of no use.
    if (given === undefined && plan !== null) current = memoryJournal()
    return { journal: current, close: async () => {} }
  }
}

/**
 * Opens a journal that may not answer: opening, reading, writing and closing it take so many milliseconds at most, and the signal ends the
 * first two. What is being appended the signal does not end, as nobody could say what became of it. After an entry that took too long
 * the execution writes no other one, so that nothing stands behind a gap.
 */
export async function openWithin(
  open: () => Promise<OpenJournal>,
  limitMs: number,
  clock: Clock,
  signal: AbortSignal
): Promise<OpenJournal> {
  // One for each: many entries may be under way, and Node warns of more than ten listeners of one signal as of a leak.
  const never = () => new AbortController().signal
  const { journal, close } = await askWithin('opening the journal', open, limitMs, clock, signal)
  return {
    journal: {
      read: () => askWithin('reading the journal', () => journal.read(), limitMs, clock, signal),
      append: (entry) => askWithin('writing the journal', () => journal.append(entry), limitMs, clock, never())
    },
    close: () => askWithin('closing the journal', close, limitMs, clock, never())
  }
}

/**
 * A journal in which a plan itself stands in its first entry, beside its name: whoever finds it has all that it takes to go on. The plan
 * is one that was made for this Problem.
 */
export function keepPlan(journal: Journal, problem: Problem, result: Result): Journal {
  return {
    read: () => journal.read(),
    append: (entry) => {
      const kept = entry.kind === 'plan' ? { ...entry, made: { problem, result } } : entry
      return journal.append(kept)
    }
  }
}

/** The plan in a journal that has begun and not ended; null: there is none. Throws JournalError where it cannot be gone on with. */
export async function findKeptPlan(journal: Journal): Promise<KeptPlan | null> {
  const entries: readonly JournalEntry[] = await journal.read()
  if (!Array.isArray(entries)) throw new JournalError('the journal does not give a list of entries')
  const last = entries.map(({ kind }) => kind).lastIndexOf('plan')
  const head = entries[last]
  if (head?.kind !== 'plan' || entries.slice(last).some(({ kind }) => kind === 'finish')) return null
  const made: unknown = 'made' in head ? head.made : undefined
  if (typeof made !== 'object' || made === null || !('problem' in made) || !('result' in made)) {
    throw new JournalError(
      `the journal is of ${head.plan}, which has not ended and which no controller began: finish it with execute, or use another journal`
    )
  }
  try {
    return { plan: head.plan, at: head.at, problem: parseProblem(made.problem), result: parseResult(made.result) }
  } catch (fault) {
    throw new JournalError(`the journal does not keep ${head.plan} as it was: ${describeFault(fault)}`)
  }
}
