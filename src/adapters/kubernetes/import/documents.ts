import { describeValue, formatPath } from '../../../../models/contract/describe-input.js'
import { InputError } from '../../../../models/contract/parse.js'
import { printedBy } from '../../../../models/contract/printed-by.js'
import type { NamedDocument } from '../../named-document.js'
import { SNAPSHOT_RESOURCES } from '../objects/snapshot-resources.js'
import type { Faults, Place } from './faults.js'

/** An object of the cluster, not looked into yet. */
export interface FoundObject {
  readonly kind: string
  /** Empty where nothing says it. */
  readonly apiVersion: string
  readonly value: object
  readonly place: Place
}

/** The command that prints everything an import looks at. */
export const KUBECTL_COMMAND = `kubectl get ${SNAPSHOT_RESOURCES.map(({ plural }) => plural).join()} -A -o json`

const WHAT_IS_WANTED = `an object with "kind" and "apiVersion", or a list of such, as ${KUBECTL_COMMAND} prints it`

/** Lists in lists in arrays: nobody nests them deeper. */
const DEEPEST = 8

/** What documents hold. */
export interface FoundObjects {
  /** In their order. */
  readonly objects: readonly FoundObject[]
  /** Kinds that there was a list of, be it an empty one. */
  readonly listed: readonly Pick<FoundObject, 'kind' | 'apiVersion'>[]
}

/**
 * Every object of some documents, each of which is an object, a list of any form, or an array of them. Notes what is no object of a
 * cluster. Throws InputError for what are no documents.
 */
export function findObjects(documents: readonly NamedDocument[], faults: Faults): FoundObjects {
  checkDocuments(documents)
  const objects: FoundObject[] = []
  const listed: Pick<FoundObject, 'kind' | 'apiVersion'>[] = []
  const pages = new Map<string, { readonly place: Place; isWhole: boolean }>()

  const visit = (value: unknown, place: Place, of: ListedAs, depth: number): void => {
    if (Array.isArray(value) && depth < DEEPEST) {
      for (const [index, item] of value.entries()) visit(item, at(place, `[${index}]`), of, depth + 1)
      return
    }
    const stranger = describeStranger(value, of)
    if (stranger !== null) {
      faults.report(place, [], stranger.found, WHAT_IS_WANTED, stranger.hint)
      return
    }
    const {
      kind = of.kind,
      apiVersion = of.apiVersion,
      items,
      metadata
    } = value as Listing & { readonly kind?: string }
    const version = typeof apiVersion === 'string' ? apiVersion : ''
    if (kind === undefined) return
    if (!kind.endsWith('List') || items === undefined) {
      objects.push({ kind, apiVersion: version, value: value as object, place })
      return
    }
    const inner = { kind: kind === 'List' ? undefined : kind.slice(0, -'List'.length), apiVersion: version }
    notePage(pages, kind, place, metadata)
    if (inner.kind !== undefined) listed.push({ kind: inner.kind, apiVersion: version })
    // Go writes an empty list as null.
    if (items === null) return
    const within = at(place, place.path === '' ? 'items' : '.items')
    if (Array.isArray(items) && depth < DEEPEST) visit(items, within, inner, depth + 1)
    else faults.report(within, [], describeValue(items), 'a list of objects')
  }

  for (const { name, value } of documents) {
    // An empty document, as between two separators of YAML.
    if (value === null || value === undefined) continue
    visit(value, { document: name, path: '' }, { kind: undefined, apiVersion: '' }, 0)
  }
  for (const [kind, { place, isWhole }] of pages) {
    if (isWhole) continue
    const hint =
      'it has a continue token in its metadata: read the pages that follow, too, or let kubectl get print all'
    faults.report(place, [], `the first part of a ${kind}`, 'all of it', hint)
  }
  return { objects, listed }
}

interface ListedAs {
  readonly kind: string | undefined
  readonly apiVersion: string
}

interface Listing {
  readonly kind?: unknown
  readonly apiVersion?: unknown
  readonly items?: unknown
  readonly metadata?: unknown
  readonly message?: unknown
}

function at({ document, path }: Place, inner: string): Place {
  return { document, path: `${path}${inner}` }
}

/** Lists that the API server prints in pages: only the last page of a kind has no token for the next. */
function notePage(
  pages: Map<string, { readonly place: Place; isWhole: boolean }>,
  kind: string,
  place: Place,
  metadata: unknown
): void {
  const token = typeof metadata === 'object' && metadata !== null && 'continue' in metadata ? metadata.continue : ''
  const page = pages.get(kind) ?? { place, isWhole: false }
  page.isWhole ||= typeof token !== 'string' || token === ''
  pages.set(kind, page)
}

/** Documents as they should be given. Throws InputError for anything else, such as what kubectl printed itself. */
function checkDocuments(documents: unknown): asserts documents is readonly NamedDocument[] {
  const expected = 'a document { name, value }'
  if (!Array.isArray(documents)) {
    throw new InputError('documents', [
      { path: '', found: describeGiven(documents), expected: 'a list of documents { name, value }' }
    ])
  }
  const issues = [...documents.entries()].flatMap(([index, document]) =>
    isDocument(document) ? [] : [{ path: formatPath([index]), found: describeGiven(document), expected }]
  )
  if (issues.length > 0) throw new InputError('documents', issues)
}

function isDocument(document: unknown): boolean {
  if (typeof document !== 'object' || document === null) return false
  return 'value' in document && 'name' in document && typeof document.name === 'string'
}

function describeGiven(value: unknown): string {
  const kind = typeof value === 'object' && value !== null && 'kind' in value ? value.kind : undefined
  return typeof kind === 'string' ? `a Kubernetes ${describeValue(kind)}` : describeValue(value)
}

/** What a value is that is no object of a cluster; null for one that is. */
function describeStranger(value: unknown, of: ListedAs): { readonly found: string; readonly hint?: string } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { found: describeValue(value) }
  const { kind = of.kind, message } = value as Listing
  if (kind === 'Status') {
    return { found: 'a Status: an answer that refuses', hint: `it says ${describeValue(message ?? 'nothing')}` }
  }
  if (typeof kind === 'string' && kind !== '') return null
  if (Object.hasOwn(value, 'nodes') && Object.hasOwn(value, 'deployments'))
    return { found: 'what looks like a Problem', hint: 'plan takes it as it is' }
  if (printedBy(value) === 'ray') {
    return { found: "what looks like an answer of Ray's dashboard", hint: 'import ray takes it' }
  }
  return { found: Object.hasOwn(value, 'items') ? 'a list without a kind' : 'a mapping without a kind' }
}
