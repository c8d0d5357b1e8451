import type { Journal, JournalEntry } from './journal.js'
import { describeFault } from './listener.js'

/** Writes into a journal, until that fails once: what stood behind a gap would be misread. */
export class Scribe {
  fault: string | null = null

  constructor(
    private readonly journal: Journal,
    private readonly onFault: () => void
  ) {}

  /** Resolves to whether the entry, and all before it, would survive a crash. */
  async append(entry: JournalEntry): Promise<boolean> {
    if (this.fault !== null) return false
    try {
      await this.journal.append(entry)
    } catch (fault) {
      this.fault ??= describeFault(fault)
      this.onFault()
    }
    return this.fault === null
  }
}
