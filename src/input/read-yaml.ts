import { type Document, type ErrorCode, parseAllDocuments, parseDocument } from 'yaml'
import { TextFault } from './text-fault.js'

/** How often aliases of a YAML file may be followed, nested ones multiplied: room for shared labels, none for a bomb. */
const MOST_ALIASES = 10_000

/** Where the reader of YAML, which calls itself for every level, ran out of stack. */
const TOO_DEEP = 'found a value nested too deeply, expected one no deeper than a Problem'

/** Several documents in one text are what kubectl and files of manifests hold. */
const SEVERAL = 'found another document, expected one only (import kubernetes takes several)'

/** What only an alias inside its own anchor can say. */
const CIRCULAR = 'found a value that holds itself through an alias, expected one that ends'

/** What faults are called where the parser's own words help nobody. */
const WORDS: Partial<Record<ErrorCode, string>> = { RESOURCE_EXHAUSTION: TOO_DEEP, MULTIPLE_DOCS: SEVERAL }

const OPTIONS = { schema: 'core', resolveKnownTags: false, stringKeys: true, prettyErrors: false } as const

/** What a text in YAML says. Throws TextFault, or an Error without a place where aliases multiply. */
export function readYaml(text: string): unknown {
  return toValue(parseDocument(text, OPTIONS), text)
}

/** What the documents of a text say, those that say nothing left out. Throws as `readYaml` does. */
export function readYamlDocuments(text: string): unknown[] {
  const documents = parseAllDocuments(text, OPTIONS)
  return (Array.isArray(documents) ? documents : [])
    .map((document) => toValue(document, text))
    .filter((value) => value !== null)
}

function toValue(document: Document.Parsed, text: string): unknown {
  // A warning is a tag or directive that this reader does not know: it must not pass as something else.
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault !== undefined) {
    throw new TextFault(text, fault.pos[0], WORDS[fault.code] ?? fault.message)
  }
  try {
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES })
    if (isCircular(value, new Set(), new Set())) throw new Error(CIRCULAR)
    return value
  } catch (error) {
    // Counting aliases throws a ReferenceError; a RangeError is the call stack's.
    throw error instanceof RangeError ? new Error(TOO_DEEP) : error
  }
}

function isCircular(value: unknown, open: Set<object>, done: Set<object>): boolean {
  if (typeof value !== 'object' || value === null || done.has(value)) return false
  if (open.has(value)) return true
  open.add(value)
  for (const inner of Object.values(value)) if (isCircular(inner, open, done)) return true
  open.delete(value)
  done.add(value)
  return false
}
