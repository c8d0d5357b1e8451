import { ApiError } from '../objects/status.js'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
interface JsonObject {
  [key: string]: Json
}

/** What a patch makes of an object. Throws what the server answers where it cannot be applied. */
export function applyPatch<Kind extends object>(object: Kind, patch: unknown, type: string): Kind {
  const before = structuredClone(object) as unknown as Json
  const given = patch as Json
  if (type === 'application/merge-patch+json') return merge(before, given, false) as unknown as Kind
  if (type === 'application/strategic-merge-patch+json') return merge(before, given, true) as unknown as Kind
  if (type === 'application/json-patch+json') return applyOperations(before, given) as unknown as Kind
  throw new ApiError(415, { reason: 'UnsupportedMediaType', message: `no patch of type ${type} here` })
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Lists whose elements are merged, and by which key, where a patch is strategic. */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  conditions: 'type',
  containers: 'name',
  env: 'name',
  ownerReferences: 'uid'
}

function merge(before: Json | undefined, patch: Json, isStrategic: boolean, key = ''): Json {
  if (Array.isArray(patch)) {
    const by = MERGE_KEYS[key]
    return isStrategic && by !== undefined && Array.isArray(before) ? mergeLists(before, patch, by) : patch
  }
  if (!isObject(patch)) return patch
  if (isStrategic && patch.$patch === 'replace') return withoutDirectives(patch)
  const merged: JsonObject = isObject(before) ? { ...before } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (isStrategic && name.startsWith('$')) continue
    if (value === null) delete merged[name]
    else merged[name] = merge(merged[name], value, isStrategic, name)
  }
  return merged
}

function mergeLists(before: readonly Json[], patch: readonly Json[], by: string): Json[] {
  const merged = [...before]
  for (const element of patch) {
    if (!isObject(element)) continue
    const at = merged.findIndex((each) => isObject(each) && each[by] === element[by])
    if (element.$patch === 'delete') {
      if (at >= 0) merged.splice(at, 1)
    } else if (at >= 0) merged[at] = merge(merged[at], element, true)
    else merged.push(withoutDirectives(element))
  }
  return merged
}

function withoutDirectives(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !name.startsWith('$')))
}

function applyOperations(document: Json, operations: Json): Json {
  if (!Array.isArray(operations)) throw ApiError.badRequest('a JSON patch is a list of operations')
  const root: JsonObject = { root: document }
  for (const operation of operations as JsonObject[]) {
    const path = ['root', ...String(operation.path).split('/').slice(1)].map(unescapePart)
    const last = path.pop() ?? ''
    const parent = path.reduce<Json | undefined>((value, key) => child(value, key), root)
    if (operation.op === 'test') {
      if (JSON.stringify(child(parent, last)) !== JSON.stringify(operation.value)) throw invalid(operation)
    } else if (Array.isArray(parent)) {
      const index = last === '-' ? parent.length : Number(last)
      if (operation.op === 'add') parent.splice(index, 0, operation.value ?? null)
      else if (operation.op === 'remove') parent.splice(index, 1)
      else parent[index] = operation.value ?? null
    } else if (isObject(parent)) {
      if (operation.op !== 'add' && !Object.hasOwn(parent, last)) throw invalid(operation)
      if (operation.op === 'remove') delete parent[last]
      else parent[last] = operation.value ?? null
    } else throw invalid(operation)
  }
  return root.root ?? null
}

function child(value: Json | undefined, key: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(key)]
  return isObject(value) ? value[key] : undefined
}

function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~')
}

function invalid(operation: JsonObject): ApiError {
  return new ApiError(422, { reason: 'Invalid', message: `cannot be applied: ${JSON.stringify(operation)}` })
}
