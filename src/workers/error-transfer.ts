/** An error as plain data that crosses threads. */
export interface ErrorDescription {
  readonly name: string
  readonly message: string
  readonly stack?: string
  readonly code?: string | number
  readonly cause?: ErrorDescription
}

/** Describes whatever was thrown. Causes are followed a few levels down: a chain of causes may be a ring. */
export function describeError(thrown: unknown, depth = 4): ErrorDescription {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) }
  const { name, message, stack, cause } = thrown
  const code = 'code' in thrown ? thrown.code : undefined
  return {
    name,
    message,
    ...(stack === undefined ? {} : { stack }),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(cause === undefined || depth === 0 ? {} : { cause: describeError(cause, depth - 1) })
  }
}

/** The error again: of class Error, with the name, code, stack and causes of the original. */
export function reviveError({
  name,
  message,
  stack,
  code,
  cause
}: ErrorDescription): Error & { code?: string | number } {
  const error = new Error(message, cause === undefined ? undefined : { cause: reviveError(cause) })
  const own = { name, ...(stack === undefined ? {} : { stack }), ...(code === undefined ? {} : { code }) }
  return Object.assign(error, own)
}
