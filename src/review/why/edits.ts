import { formatPath } from '../../../models/contract/describe-input.js'
import type { Problem } from '../../../models/contract/problem.js'

/** One place of a Problem that gets another value; `undefined` leaves it out, and takes an entry out of a list. */
export interface Edit {
  readonly path: readonly (string | number)[]
  readonly to: unknown
}

/** An edit as an answer tells it: where, what is there now and what would be there; null where there is nothing. */
export interface DescribedEdit {
  readonly path: string
  readonly from: unknown
  readonly to: unknown
}

/** Edits so that they can be made one after the other: entries are taken out of lists last, the hindmost first. */
export function inOrder(edits: readonly Edit[]): Edit[] {
  const isRemoval = ({ path, to }: Edit) => to === undefined && typeof path.at(-1) === 'number'
  const removals = edits.filter(isRemoval).sort((left, right) => Number(right.path.at(-1)) - Number(left.path.at(-1)))
  return [...edits.filter((edit) => !isRemoval(edit)), ...removals]
}

/** The Problem with edits made, whose paths are those of the Problem; what is given stays as it is. */
export function makeEdits(problem: Problem, edits: readonly Edit[]): Problem {
  return inOrder(edits).reduce<unknown>((changed, { path, to }) => withValue(changed, path, to), problem) as Problem
}

export function describeEdits(problem: Problem, edits: readonly Edit[]): DescribedEdit[] {
  return edits.map(({ path, to }) => ({
    path: formatPath(path),
    from: valueAt(problem, path) ?? null,
    to: to ?? null
  }))
}

function valueAt(holder: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Record<string | number, unknown>)[key]
        : undefined,
    holder
  )
}

function withValue(holder: unknown, [key, ...rest]: readonly (string | number)[], to: unknown): unknown {
  if (key === undefined) return to
  if (Array.isArray(holder)) {
    const index = Number(key)
    if (rest.length === 0 && to === undefined) return holder.filter((_, at) => at !== index)
    const changed = [...holder]
    changed[index] = withValue(holder[index], rest, to)
    return changed
  }
  // By entries, for a key may be `__proto__`.
  const entries = new Map(Object.entries(holder ?? {}))
  if (rest.length === 0 && to === undefined) entries.delete(String(key))
  else entries.set(String(key), withValue(entries.get(String(key)), rest, to))
  return Object.fromEntries(entries)
}
