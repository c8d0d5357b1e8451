import type * as z from 'zod'
import type { InputIssue } from '../../../../../models/contract/input-issues.js'
import { InputError, parseValue } from '../../../../../models/contract/parse-value.js'
import type { NamedDocument } from '../../../named-document.js'

/** A payload as its schema reads it; null where it is not that, which is reported. `whole` says what it should be. */
export function readPayload<Schema extends z.ZodType>(
  { name, value }: NamedDocument,
  schema: Schema,
  whole: string,
  issues: InputIssue[]
): z.output<Schema> | null {
  try {
    return parseValue('ray', schema, value, whole)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    for (const issue of error.issues) issues.push({ ...issue, path: placeIn(name, issue.path) })
    return null
  }
}

/** A place inside a document, as messages show it. */
export function placeIn(document: string, path: string): string {
  return path === '' ? document : `${document} ${path}`
}
