import { readFile } from 'node:fs/promises'
import { describeIssues, InputError } from '../../models/contract/parse.js'
import { isJson, readJson } from '../input/read-json.js'
import { decodeText, isBlank, NOT_TEXT, readStructured } from '../input/read-text.js'
import { describeSystemError, UsageError } from './failure.js'

/**
 * What a file says, checked by `parse`. `-` is standard input. Endings `.json`, `.yaml` and `.yml` say the format; else a
 * text that begins with `{` or `[` is JSON and any other YAML. Throws UsageError that names the file and the place in it.
 */
export async function readInput<Value>(path: string, parse: (value: unknown) => Value): Promise<Value> {
  const { value } = await readTextWith(path, (text, name) => {
    if (isBlank(text)) throw new UsageError(`${name}: found nothing in it, expected a mapping`)
    return readStructured(path, text)
  })
  try {
    return parse(value)
  } catch (error) {
    throw nameFile(error, path)
  }
}

/** What a file of rows says: the value of a JSON file, the text of any other. Throws UsageError that names the file. */
export async function readTableFile(path: string): Promise<unknown> {
  const { value } = await readTextWith(path, async (text) => (isJson(path, text) ? readJson(text) : text))
  return value
}

/** What `read` makes of the text of a file, and what the file is called in messages. Throws UsageError that begins with that. */
export async function readTextWith<Value>(
  path: string,
  read: (text: string, name: string) => Promise<Value>
): Promise<{ name: string; value: Value }> {
  const name = nameOf(path)
  const text = await readText(path, name)
  try {
    return { name, value: await read(text, name) }
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  }
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
  try {
    return decodeText(bytes)
  } catch {
    throw new UsageError(`${name}: ${NOT_TEXT}`)
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  if (path !== '-') return readFile(path)
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
