import { lineFile } from '../line-file.js'
import { isJournalEntry, type Journal, type JournalEntry, JournalError } from './journal.js'

/** A journal in a file. */
export interface FileJournal extends Journal {
  /** Resolves when the file is closed; what is appended later fails. */
  close(): Promise<void>
}

/**
 * A journal of JSON lines, on the disk (fsync) before an append resolves; what is appended meanwhile shares the next write. The
 * file is made with mode 0600 when there is none. A last line without its end, as a crash leaves it, counts as never written
 * and is cut off. Anything else that is no entry rejects with JournalError, which names the line. One execution at a time.
 */
export function fileJournal(path: string): FileJournal {
  return lineFile(path, { readLine, closed: () => new JournalError(`${path}: the journal is closed`) })
}

function readLine(line: string, place: string): JournalEntry {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new JournalError(`${place}: not JSON; the journal is damaged`)
  }
  if (!isJournalEntry(value))
    throw new JournalError(`${place}: no journal entry; the journal is damaged, or of a later version`)
  return value
}
