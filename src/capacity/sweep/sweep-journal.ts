import type * as z from 'zod'
import { type InputIssue, toInputIssues } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import { type ScenarioRecord, scenarioRecord } from './scenario-record.js'
import { type SweepHeader, sweepHeader } from './sweep-header.js'

/** Where the records of a sweep are kept while it runs, so that it can go on after a kill. */
export interface SweepJournal {
  /** Begins it, or reads what is there. Throws InputError where that is of another sweep. */
  open(header: SweepHeader): Promise<readonly ScenarioRecord[]>
  /** Resolves when the record outlives a crash. */
  append(record: ScenarioRecord): Promise<void>
  close(): Promise<void>
}

/** A journal as it was read. */
export interface SweepRecords {
  /** What messages call it: its file. */
  readonly name: string
  readonly header: SweepHeader
  readonly records: readonly ScenarioRecord[]
}

/** A line of a journal. Throws InputError that names it. */
export function readSweepLine(line: string, place: string): SweepHeader | ScenarioRecord {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw damaged(place, [{ path: '', found: 'what is not JSON', expected: 'a line of a sweep’s journal' }])
  }
  const isHeader = typeof value === 'object' && value !== null && 'kind' in value
  const schema: z.ZodType<SweepHeader | ScenarioRecord> = isHeader ? sweepHeader : scenarioRecord
  const read = schema.safeParse(value)
  if (read.success) return read.data
  throw damaged(
    place,
    read.error.issues.slice(0, 1).flatMap((issue) => toInputIssues(issue, value, schema))
  )
}

/** Splits lines of a journal into its beginning and its records. Throws InputError. */
export function splitLines(name: string, lines: readonly (SweepHeader | ScenarioRecord)[]): SweepRecords {
  const [header, ...records] = lines
  if (header === undefined || !('kind' in header))
    throw damaged(`${name}, line 1`, [
      { path: '', found: header === undefined ? 'nothing' : 'a record', expected: 'the beginning of a sweep’s journal' }
    ])
  for (const [index, record] of records.entries()) {
    if ('kind' in record)
      throw damaged(`${name}, line ${index + 2}`, [
        { path: '', found: 'the beginning of a journal', expected: 'a record' }
      ])
  }
  return { name, header, records: records as ScenarioRecord[] }
}

/** A journal from its text; a last line without its end, as a kill leaves it, counts as never written. Throws InputError. */
export function parseSweepJournal(text: string, name: string): SweepRecords {
  const lines = text.split('\n').slice(0, -1)
  return splitLines(
    name,
    lines.map((line, index) => readSweepLine(line, `${name}, line ${index + 1}`))
  )
}

function damaged(place: string, issues: readonly InputIssue[]): InputError {
  return new InputError(
    place,
    issues.map((issue) => ({ ...issue, hint: 'the journal is damaged, or of another version' }))
  )
}
