/**
 * What an execution has done so far, in the order in which it did it. An entry is written before its call is made, and when the
 * call has ended: one that has begun and not ended has an unknown outcome, and is sent again under the same id.
 */
export type JournalEntry =
  | { readonly kind: 'plan'; readonly plan: string; readonly at: number }
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

/** Where an execution keeps what it has done, so that a crash at any moment loses nothing. */
export interface Journal {
  /** Everything appended so far, also before a crash; a torn last entry is left out. */
  read(): Promise<readonly JournalEntry[]>
  /** Resolves when the entry would survive a crash. */
  append(entry: JournalEntry): Promise<void>
}
