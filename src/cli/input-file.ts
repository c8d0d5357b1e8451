import { readFile } from 'node:fs/promises'
import { parseDocument } from 'yaml'
import { describeIssues, InputError } from '../../models/contract/parse.js'
import { describeSystemError, UsageError } from './failure.js'
import { findJsonFault } from './json-fault.js'
import { describePosition } from './text-position.js'

/** How often aliases of a YAML file may be followed, nested ones multiplied: room for shared labels, none for a bomb. */
const MOST_ALIASES = 10_000

/** Where the reader of YAML, which calls itself for every level, ran out of stack. */
const TOO_DEEP = 'found a value nested too deeply, expected one no deeper than a Problem'

/**
 * What a file says, checked by `parse`. `-` is standard input. Endings `.json`, `.yaml` and `.yml` say the format; else a
 * text that begins with `{` or `[` is JSON and any other YAML. Throws UsageError that names the file and the place in it.
 */
export async function readInput<Value>(path: string, parse: (value: unknown) => Value): Promise<Value> {
  const name = nameOf(path)
  const text = await readText(path, name)
  if (text.trim() === '') throw new UsageError(`${name}: found nothing in it, expected a mapping`)
  const value = isJson(path, text) ? parseJson(text, name) : parseYaml(text, name)
  try {
    return parse(value)
  } catch (error) {
    throw nameFile(error, path)
  }
}

/** What a file of rows says: the value of a JSON file, the text of any other. Throws UsageError that names the file. */
export async function readTableFile(path: string): Promise<unknown> {
  const name = nameOf(path)
  const text = await readText(path, name)
  return isJson(path, text) ? parseJson(text, name) : text
}

/** An InputError as a UsageError that names the file it is about; anything else as it is. */
export function nameFile(error: unknown, path: string): unknown {
  if (!(error instanceof InputError)) return error
  return new UsageError(`${nameOf(path)}: ${describeIssues(error.subject, error.issues, 'the whole file')}`)
}

function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path
}

/** Throws UsageError when more than one of the files is standard input, which can be read but once. */
export function checkOneStandardInput(...paths: readonly string[]): void {
  if (paths.filter((path) => path === '-').length < 2) return
  throw new UsageError('found "-" twice, expected standard input for at most one of the files')
}

async function readText(path: string, name: string): Promise<string> {
  const bytes = await readBytes(path).catch((error: unknown) => {
    throw new UsageError(`${name}: ${describeSystemError(error)}`)
  })
  // PowerShell redirects into UTF-16, and says so with the mark that it begins with.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    throw new UsageError(`${name}: found bytes that are not UTF-8, expected a JSON or YAML text`)
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  if (path !== '-') return readFile(path)
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function isJson(path: string, text: string): boolean {
  if (/\.json$/i.test(path)) return true
  return !/\.ya?ml$/i.test(path) && /^\s*[{[]/.test(text)
}

function parseJson(text: string, name: string): unknown {
  const fault = findJsonFault(text)
  if (fault !== undefined) throw new UsageError(`${name}: ${describePosition(text, fault.offset, fault.fault)}`)
  return JSON.parse(text)
}

function parseYaml(text: string, name: string): unknown {
  const document = parseDocument(text, {
    schema: 'core',
    resolveKnownTags: false,
    stringKeys: true,
    prettyErrors: false
  })
  // A warning is a tag or directive that this reader does not know: it must not pass as something else.
  const fault = document.errors[0] ?? document.warnings[0]
  if (fault !== undefined) {
    const message = fault.code === 'RESOURCE_EXHAUSTION' ? TOO_DEEP : fault.message
    throw new UsageError(`${name}: ${describePosition(text, fault.pos[0], message)}`)
  }
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    // Counting aliases throws a ReferenceError; a RangeError is the call stack's.
    const message = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${name}: ${error instanceof RangeError ? TOO_DEEP : message}`)
  }
}
