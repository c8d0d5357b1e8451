import { InputError } from '../../../models/contract/parse.js'
import { lineFile } from '../../line-file.js'
import { differenceOf } from './sweep-header.js'
import { readSweepLine, type SweepJournal, splitLines } from './sweep-journal.js'

/**
 * A sweep's journal in a file of JSON lines, each on the disk (fsync) before the scenario counts as done. Made where there is none; a half
 * line, as a kill leaves it, is cut off. For Node; one run at a time.
 */
export function fileSweepJournal(path: string): SweepJournal {
  const file = lineFile(path, { readLine: readSweepLine, closed: () => new Error(`${path}: the journal is closed`) })
  return {
    async open(header) {
      const lines = await file.read()
      if (lines.length === 0) {
        await file.append(header)
        return []
      }
      const { header: begun, records } = splitLines(path, lines)
      const difference = differenceOf(begun, header)
      if (difference === undefined) return records
      const hint = 'name another journal, or remove this one'
      throw new InputError(path, [
        { path: '', found: `the journal of another sweep, ${difference}`, expected: 'that of this sweep', hint }
      ])
    },
    append: (record) => file.append(record),
    close: () => file.close()
  }
}
