import { isJson, readJson, readJsonValues } from './read-json.js'

/** What is said of bytes that are no text. */
export const NOT_TEXT = 'found bytes that are not UTF-8, expected a JSON or YAML text'

/** The text of a file, in UTF-8 or, with the mark that it begins with, UTF-16: PowerShell redirects into that. Throws TypeError for bytes that are neither. */
export function decodeText(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  return new TextDecoder(encoding, { fatal: true }).decode(bytes)
}

/** Whether there is nothing in a text. */
export function isBlank(text: string): boolean {
  return text.trim() === ''
}

/** The same of a text that may hold several documents: those of YAML between lines of `---`, values of JSON one after another. Empty ones are left out. */
export async function readDocuments(name: string, text: string): Promise<unknown[]> {
  if (isJson(name, text)) return readJsonValues(text)
  const { readYamlDocuments } = await import('./read-yaml.js')
  return readYamlDocuments(text)
}

/** What a text says in the format that its name or its beginning tells. The reader of YAML is loaded where it is needed. Throws TextFault, or an Error without a place. */
export async function readStructured(name: string, text: string): Promise<unknown> {
  if (isJson(name, text)) return readJson(text)
  const { readYaml } = await import('./read-yaml.js')
  return readYaml(text)
}
