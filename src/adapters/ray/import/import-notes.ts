import type { InputIssue } from '../../../../models/contract/input-issues.js'
import type { ImportRemark } from '../../import-report.js'
import { MissingOverrides } from './overrides/missing-overrides.js'

/** What comes up while payloads are read: faults, what is missing, and what the report says. */
export class ImportNotes {
  readonly issues: InputIssue[] = []
  readonly missing = new MissingOverrides()
  readonly pinned: ImportRemark[] = []
  readonly leftOut: ImportRemark[] = []
  readonly adapted: ImportRemark[] = []

  /** Throws InputError where anything is wrong, else where anything is missing. */
  check(): void {
    this.missing.throwWith(this.issues)
  }
}
