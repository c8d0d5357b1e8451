import * as z from 'zod'
import type { InputIssue } from '../../../../../models/contract/input-issues.js'
import type { Payload } from './documents.js'
import { readPayload } from './read-payload.js'

const schema = z.object({
  data: z.object({ nodeLogicalResources: z.record(z.string(), z.string().nullable()).nullish() })
})

const BYTES: ReadonlyMap<string, number> = new Map([
  ['B', 1],
  ['KiB', 2 ** 10],
  ['MiB', 2 ** 20],
  ['GiB', 2 ** 30],
  ['TiB', 2 ** 40]
])

const LINE = /^\s*([\d.]+)\s*(?:([KMGT]?i?B)\s*)?\/\s*[\d.]+\s*(?:[KMGT]?i?B\s+)?(?<=\s)(\S+)/

/** What is in use on a node by resource, and how exactly that is said: within so much. */
export type LogicalUsage = ReadonlyMap<string, { readonly used: number; readonly within: number }>

/**
 * What is in use on each node as the dashboard's summary prints it, `8.0/96.0 CPU` and `64.00GiB/384.00GiB memory`, by hexadecimal
 * id: what others than Serve hold is included. Lines in another form are passed over.
 */
export function readLogicalUsage(payload: Payload | undefined, issues: InputIssue[]): Map<string, LogicalUsage> {
  if (payload === undefined) return new Map()
  const read = readPayload(payload, schema, 'what GET /nodes?view=summary answers', issues)
  const texts = Object.entries(read?.data.nodeLogicalResources ?? {})
  return new Map(texts.map(([nodeId, text]) => [nodeId, readLines(text ?? '')]))
}

function readLines(text: string): LogicalUsage {
  const usage = new Map<string, { used: number; within: number }>()
  for (const line of text.split('\n')) {
    const [, amount = '', unit, resource = ''] = LINE.exec(line) ?? []
    const factor = unit === undefined ? 1 : BYTES.get(unit)
    const used = Number(amount) * (factor ?? Number.NaN)
    if (amount === '' || !Number.isFinite(used)) continue
    const decimals = amount.includes('.') ? amount.length - amount.indexOf('.') - 1 : 0
    // Amounts without a unit are printed as they are, the others rounded.
    usage.set(resource, { used, within: unit === undefined ? 0 : (factor ?? 1) * 10 ** -decimals })
  }
  return usage
}
