import { StepError } from '../../../../execution/driver.js'

/** What was asked of the API server, as RBAC names it. */
export interface Asked {
  readonly verb: 'get' | 'list' | 'patch' | 'create'
  /** Plural, with the subresource: `pods/eviction`. */
  readonly resource: string
  /** Empty for the core group. */
  readonly group: string
}

/** An answer of the API server that is not the one asked for. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault'

  constructor(
    /** HTTP status. */
    readonly code: number,
    message: string,
    readonly asked: Asked,
    /** How long the server wants to be left alone, in milliseconds, where it says so. */
    readonly retryAfterMs?: number
  ) {
    super(message)
  }
}

export function isFault(error: unknown, ...codes: readonly number[]): error is ApiFault {
  return error instanceof ApiFault && codes.includes(error.code)
}

/** Whether what failed may work a moment later: of the server, or of the way there. */
export function isPassing(error: unknown): boolean {
  if (error instanceof StepError) return false
  return !(error instanceof ApiFault) || error.code >= 500 || error.code === 429 || error.code === 408
}

/** A failure in an execution's words: what no further attempt can mend is refused. */
export function toStepError(error: unknown): unknown {
  if (!(error instanceof ApiFault)) return error
  const { code, message, asked } = error
  if (code === 401) return new StepError('refused', `the API server does not know who asks: ${message}`)
  if (code === 403) {
    const { verb, resource, group } = asked
    const where = group === '' ? 'the core API group' : `the API group ${group}`
    return new StepError('refused', `a role must allow ${verb} on ${resource} of ${where}: ${message}`)
  }
  if (code === 400 || code === 405 || code === 415 || code === 422) return new StepError('refused', message)
  return new Error(`${asked.verb} ${asked.resource}: ${message} (HTTP ${code})`, { cause: error })
}
