import type { Problem } from '../../../models/contract/problem.js'
import type { DescribedEdit } from '../../../src/review/why/edits.js'

/** A path as answers tell it, as keys: `rules[0].max`, `nodes[1].capacity["a b"]`. */
function keysOf(path: string): (string | number)[] {
  return [...path.matchAll(/([A-Za-z_$][\w$-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g)].map(([, word, index, quoted]) =>
    word !== undefined ? word : index !== undefined ? Number(index) : (JSON.parse(quoted as string) as string)
  )
}

/** The Problem with the edits of an answer made, written anew here. */
export function withEdits(problem: Problem, edits: readonly Pick<DescribedEdit, 'path' | 'to'>[]): Problem {
  const changed = structuredClone(problem)
  for (const { path, to } of edits) {
    const keys = keysOf(path)
    const last = keys.pop() as string | number
    const holder = keys.reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], changed) as object
    const mayBeNull = path === 'migration.deadlineSeconds'
    if (to !== null || mayBeNull) (holder as Record<string | number, unknown>)[last] = to
    else if (Array.isArray(holder)) holder.splice(Number(last), 1)
    else delete (holder as Record<string | number, unknown>)[last]
  }
  return changed
}

/** The edits of one step less, for changes of whole numbers; undefined where there is no smaller step but none. */
export function oneLess(edits: readonly DescribedEdit[]): DescribedEdit[] | undefined {
  const [edit, ...others] = edits
  if (edit === undefined || others.length > 0) return undefined
  const { from, to } = edit
  if (typeof from !== 'number' || typeof to !== 'number' || !Number.isInteger(from) || !Number.isInteger(to))
    return undefined
  const before = to - Math.sign(to - from)
  return before === from ? undefined : [{ ...edit, to: before }]
}
