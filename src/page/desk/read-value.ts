import { isJson } from '../../input/read-json.js'
import { decodeText, isBlank, NOT_TEXT, readDocuments } from '../../input/read-text.js'
import { TextFault } from '../../input/text-fault.js'
import { FaultError } from './fault.js'

/** A larger file is no Problem: 10,000 nodes with all their replicas are some 2 MB. */
const MOST_BYTES = 256 * 1024 * 1024

/** The text of a file, in UTF-8 or, with its mark, UTF-16. Throws FaultError. */
export async function readFileText(file: File): Promise<string> {
  if (file.size > MOST_BYTES) {
    throw new FaultError({
      title: `${file.name} has ${Math.round(file.size / 1024 / 1024)} MB: too much for a page.`,
      advice: 'Plan it on the command line: npx replica-compactor plan FILE.'
    })
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  try {
    return decodeText(bytes)
  } catch {
    throw new FaultError({ title: `${file.name}: ${NOT_TEXT}.`, advice: 'Is it an archive, or a picture?' })
  }
}

/** What the documents of a text say, in JSON or YAML. Throws FaultError, also where there is none. */
export async function readValues(name: string, text: string): Promise<readonly [unknown, ...unknown[]]> {
  if (isBlank(text)) {
    throw emptyFile(name)
  }
  try {
    const [first, ...others] = await readDocuments(name, text)
    if (first !== undefined) return [first, ...others]
  } catch (error) {
    if (!(error instanceof TextFault)) throw error
    const [place = '', ...lines] = error.message.split('\n')
    throw new FaultError({
      title: `${name} is not ${isJson(name, text) ? 'JSON' : 'YAML'}: ${place}.`,
      excerpt: lines.join('\n'),
      advice: 'Mend that place and open the file again.'
    })
  }
  throw emptyFile(name)
}

function emptyFile(name: string): FaultError {
  return new FaultError({ title: `${name} is empty.`, advice: 'Expected a Problem, in JSON or YAML.' })
}
