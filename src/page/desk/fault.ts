import type { InputIssue } from '../../../models/contract/input-issues.js'

/** Why something could not be done, for people: what was found, where, and how to mend it. */
export interface Fault {
  /** One sentence. */
  readonly title: string
  /** Of a text that does not parse: the place, the line itself and a caret below it. */
  readonly excerpt?: string
  /** Of a value that is no Problem: each place, what was found and what was expected. */
  readonly issues?: readonly InputIssue[]
  /** What to do now. */
  readonly advice: string
}

/** A fault on its way to whoever says it. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
  readonly fault: Fault

  constructor(fault: Fault) {
    super(fault.title)
    this.fault = fault
  }
}

/** What to say about an error that nobody expects. */
export function describeBug(error: unknown): Fault {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return {
    title: `Something went wrong that should not: ${message}`,
    advice: 'This is a fault of replica-compactor. What was here before is still here; please report the fault.'
  }
}
