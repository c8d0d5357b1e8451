import { RESOURCES, type Resource } from '../objects/resources.js'

/** What the path of a request names. */
export interface Target {
  readonly resource: Resource
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly subresource: string | undefined
}

/** Reads `/api/v1/namespaces/default/pods/web/eviction` and the like; null: it names nothing that is kept here. */
export function readTarget(path: string): Target | null {
  const parts = path.split('/').slice(1).map(decodeURIComponent)
  const group = parts[0] === 'apis' ? (parts[1] ?? '') : ''
  const rest = parts.slice(group === '' ? 2 : 3)
  const isNamespaced = rest[0] === 'namespaces' && rest.length > 2
  const namespace = isNamespaced ? rest[1] : undefined
  const [plural, name, subresource] = isNamespaced ? rest.slice(2) : rest
  const resource = RESOURCES.find((each) => each.group === group && each.plural === plural)
  if (resource === undefined) return null
  if (subresource !== undefined && !resource.subresources.some((each) => each.name === subresource)) return null
  return { resource, namespace, name, subresource }
}
