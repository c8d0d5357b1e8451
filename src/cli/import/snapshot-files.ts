import type { NamedDocument } from '../../adapters/named-document.js'
import { readDocuments } from '../../input/read-text.js'
import { UsageError } from '../failure.js'
import { checkOneStandardInput, readTextWith } from '../input-file.js'

/** What files say that a cluster has printed, in one or several documents each. Throws UsageError that names the file and the place in it. */
export async function readSnapshot(paths: readonly string[]): Promise<NamedDocument[]> {
  checkOneStandardInput(...paths)
  const documents: NamedDocument[] = []
  // One after the other: of large ones two texts at once would be too many.
  for (const path of paths) {
    const { name, value: values } = await readTextWith(path, (text) => readDocuments(path, text))
    if (values.length === 0) throw new UsageError(`${name}: found nothing in it, expected what the cluster has printed`)
    documents.push(
      ...values.map((value, index) => ({
        name: values.length === 1 ? name : `${name}, document ${index + 1}`,
        value
      }))
    )
  }
  return documents
}
