import type { Resource } from './resources.js'

interface StatusBody {
  readonly reason: string
  readonly message: string
  readonly details?: object
}

/** What the server answers where it does not do what is asked. */
export class ApiError extends Error {
  constructor(
    readonly code: number,
    readonly body: StatusBody,
    readonly headers: Readonly<Record<string, string>> = {}
  ) {
    super(body.message)
  }

  toStatus(): object {
    const { code, body } = this
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', ...body, code }
  }

  static notFound({ group, plural }: Resource, name: string): ApiError {
    const details = { name, ...(group === '' ? {} : { group }), kind: plural }
    return new ApiError(404, { reason: 'NotFound', message: `${nameOf(group, plural)} "${name}" not found`, details })
  }

  static alreadyExists({ group, plural }: Resource, name: string): ApiError {
    const message = `${nameOf(group, plural)} "${name}" already exists`
    return new ApiError(409, { reason: 'AlreadyExists', message, details: { name, kind: plural } })
  }

  static conflict({ group, plural }: Resource, name: string): ApiError {
    const message = `${nameOf(group, plural)} "${name}" has another version by now`
    return new ApiError(409, { reason: 'Conflict', message, details: { name, group, kind: plural } })
  }

  static badRequest(message: string): ApiError {
    return new ApiError(400, { reason: 'BadRequest', message })
  }

  static forbidden(message: string): ApiError {
    return new ApiError(403, { reason: 'Forbidden', message })
  }
}

function nameOf(group: string, plural: string): string {
  return group === '' ? plural : `${plural}.${group}`
}
