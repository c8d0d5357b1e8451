import { ApiError } from '../objects/status.js'

/** A rule of a Role. */
export interface Rule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

/** What each bearer of a token may do; who brings none may do everything. */
export type Permissions = ReadonlyMap<string, readonly Rule[]>

/** Throws where a bearer may not do something. `resource`: with its subresource, `pods/eviction`. */
export function checkPermission(
  permissions: Permissions,
  authorization: string | undefined,
  asked: { readonly group: string; readonly resource: string; readonly verb: string }
): void {
  const token = authorization?.replace(/^Bearer /, '')
  if (token === undefined) return
  const rules = permissions.get(token)
  if (rules === undefined) throw new ApiError(401, { reason: 'Unauthorized', message: 'Unauthorized' })
  const { group, resource, verb } = asked
  const isAllowed = rules.some(
    (rule) => rule.apiGroups.includes(group) && rule.resources.includes(resource) && rule.verbs.includes(verb)
  )
  if (isAllowed) return
  throw ApiError.forbidden(`User "${token}" cannot ${verb} resource "${resource}" in API group "${group}"`)
}
