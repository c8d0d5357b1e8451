/** Why an execution began nothing more. */
export type HaltReason = 'changed' | 'tripped' | 'aborted' | 'expired'

/** How an execution ended, see `ExecutionReport.outcome`. */
export type Outcome = 'completed' | 'failed' | 'abandoned' | HaltReason

/**
 * What an execution has done so far, in the order in which it did it. An entry is written before its call is made, and when the
 * call has ended: one that has begun and not ended has an unknown outcome, and is sent again under the same id.
 */
export type JournalEntry =
  | {
      readonly kind: 'plan'
      readonly plan: string
      /** Attempts of former executions of the same plan: those of this one are numbered from there on. */
      readonly base?: number
      readonly at: number
    }
  | {
      readonly kind: 'begin'
      readonly step: string
      /** What the driver is asked for; `undo`: to take back what the step did. */
      readonly verb: string
      readonly attempt: number
      readonly at: number
    }
  | {
      readonly kind: 'end'
      readonly step: string
      readonly verb: string
      readonly attempt: number
      readonly outcome: 'done' | 'failed'
      readonly message?: string
      readonly fault?: string
      readonly node?: string
      readonly at: number
    }
  | { readonly kind: 'cancel'; readonly step: string; readonly reason: string; readonly at: number }
  /** From here on no migration is begun. */
  | { readonly kind: 'halt'; readonly reason: HaltReason; readonly message: string; readonly at: number }
  /** Everything that was begun has ended: the journal is free for another plan. */
  | { readonly kind: 'finish'; readonly outcome: Outcome; readonly at: number }

/** Where an execution keeps what it has done, so that a crash at any moment loses nothing. */
export interface Journal {
  /** Everything appended so far, also before a crash; a torn last entry is left out. */
  read(): Promise<readonly JournalEntry[]>
  /**
   * Resolves when the entry would survive a crash. Entries are kept in the order of the calls, also of those made before earlier
   * ones have resolved. After one that failed all later ones fail, too: what stands behind a gap would be misread.
   */
  append(entry: JournalEntry): Promise<void>
}

/** A journal that cannot be gone on with: damaged, or of another plan that has not ended. */
export class JournalError extends Error {
  override readonly name = 'JournalError'
}

const TEXTS: Readonly<Record<JournalEntry['kind'], readonly string[]>> = {
  plan: ['plan'],
  begin: ['step', 'verb'],
  end: ['step', 'verb', 'outcome'],
  cancel: ['step', 'reason'],
  halt: ['reason', 'message'],
  finish: ['outcome']
}

/** Whether a value is an entry, as far as an execution relies on it. */
export function isJournalEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null) return false
  const entry = value as Readonly<Record<string, unknown>>
  const { kind } = entry
  if (typeof kind !== 'string' || !Object.hasOwn(TEXTS, kind)) return false
  if (!Number.isFinite(entry.at)) return false
  if ((kind === 'begin' || kind === 'end') && !(Number.isSafeInteger(entry.attempt) && Number(entry.attempt) > 0)) {
    return false
  }
  const { base } = entry
  if (kind === 'plan' && base !== undefined && !(Number.isSafeInteger(base) && Number(base) >= 0)) return false
  return TEXTS[kind as JournalEntry['kind']].every((name) => typeof entry[name] === 'string')
}

/** A journal in memory: for tests, simulations, and executions that need not survive a crash. */
export function memoryJournal(entries: readonly JournalEntry[] = []): Journal {
  const kept = [...entries]
  return {
    read: async () => [...kept],
    append: async (entry) => {
      kept.push(entry)
    }
  }
}
