import type { ReportIssue } from '../../../models/contract/input-issues.js'
import type { Problem } from '../../../models/contract/problem.js'

/** One kind of what-if change, with all its faces; beside each stands its schema. */
export interface ChangeKind<Change> {
  /** How it is written in one line, for messages and help: `growth:[DEPLOYMENT,…:]FACTOR`. */
  readonly form: string
  /** What a line says, behind its kind and a colon, as the schema takes it; undefined where it is not of the form. */
  readLine(text: string): object | undefined
  /** The same the other way round, behind kind and colon; undefined for what only JSON can say. */
  writeLine(change: Change): string | undefined
  /** The Problem with the change made, the one given untouched. What it refers to and is not there is reported, by paths inside the change. */
  apply(problem: Problem, change: Change, report: ReportIssue): Problem
}
