import { parseDocument } from 'yaml'
import { TextFault } from './text-fault.js'

/** How often aliases of a YAML file may be followed, nested ones multiplied: room for shared labels, none for a bomb. */
const MOST_ALIASES = 10_000

/** Where the reader of YAML, which calls itself for every level, ran out of stack. */
const TOO_DEEP = 'found a value nested too deeply, expected one no deeper than a Problem'

/** What a text in YAML says. Throws TextFault, or an Error without a place where aliases multiply. */
export function readYaml(text: string): unknown {
  const document = parseDocument(text, {
    schema: 'core',
    resolveKnownTags: false,
    stringKeys: true,
    prettyErrors: false
  })
  // A warning is a tag or directive that this reader does not know: it must not pass as something else.
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault !== undefined) {
    throw new TextFault(text, fault.pos[0], fault.code === 'RESOURCE_EXHAUSTION' ? TOO_DEEP : fault.message)
  }
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    // Counting aliases throws a ReferenceError; a RangeError is the call stack's.
    throw error instanceof RangeError ? new Error(TOO_DEEP) : error
  }
}
