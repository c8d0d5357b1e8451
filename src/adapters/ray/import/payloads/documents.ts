import { describeValue, formatPath } from '../../../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../../../models/contract/input-issues.js'
import type { NamedDocument } from '../../../named-document.js'
import { isMapping } from './mappings.js'

/** What a cluster says of itself, and what its operator adds. */
export interface RaySnapshot {
  /**
   * Payloads of the dashboard, in any order, each a document or under a key of one: `GET /api/serve/applications/`;
   * `GET /api/v0/nodes?detail=1&limit=10000`, `GET /nodes?view=summary` or both; and, where somebody asks for it, what
   * `GcsClient.get_draining_nodes()` gives.
   */
  readonly documents: readonly NamedDocument[]
  /** What Ray does not show, see `rayOverrides`. Default: nothing. */
  readonly overrides?: NamedDocument
}

/**
 * What a payload says. serve: ServeInstanceDetails. nodes: the state of every node. summary: the nodes as the dashboard lists them, with
 * what is in use. draining: ids of nodes that drain.
 */
export type PayloadKind = 'serve' | 'nodes' | 'summary' | 'draining'

/** A payload, and where it stands. */
export interface Payload extends NamedDocument {
  readonly kind: PayloadKind
}

const SERVE_URL = 'GET /api/serve/applications/'
const NODES_URL = 'GET /api/v0/nodes?detail=1&limit=10000'
const NODES_HINT = `or GET /nodes?view=summary, both of the dashboard, http://HEAD:8265`

/** The payloads in the documents, one of each kind at most. What they must have and do not is reported. */
export function recognisePayloads(
  documents: readonly NamedDocument[],
  issues: InputIssue[]
): Map<PayloadKind, Payload> {
  const found = new Map<PayloadKind, Payload>()
  for (const document of documents) {
    const payloads = payloadsIn(document)
    if (payloads.length === 0) issues.push(describeStranger(document))
    for (const payload of payloads) {
      const former = found.get(payload.kind)
      if (former === undefined) found.set(payload.kind, payload)
      else
        issues.push({
          path: payload.name,
          found: `a second payload of the kind "${payload.kind}"`,
          expected: `one: ${former.name} is one already`
        })
    }
  }
  if (issues.length > 0) return found
  if (!found.has('serve')) {
    issues.push({ path: '', found: 'no payload with applications', expected: `what ${SERVE_URL} answers` })
  }
  if (!found.has('nodes') && !found.has('summary')) {
    issues.push({ path: '', found: 'no payload with nodes', expected: `what ${NODES_URL} answers`, hint: NODES_HINT })
  }
  return found
}

/** The document itself where it is a payload, else those that it holds under keys. */
function payloadsIn({ name, value }: NamedDocument): Payload[] {
  const kind = kindOf(value)
  if (kind !== null) return [{ name, value, kind }]
  if (!isMapping(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const innerKind = kindOf(inner)
    return innerKind === null ? [] : [{ name: `${name} ${formatPath([key])}`, value: inner, kind: innerKind }]
  })
}

const HEX_ID = /^[0-9a-f]{28,64}$/

function kindOf(value: unknown): PayloadKind | null {
  if (Array.isArray(value)) return value.length > 0 && value.every(isNodeState) ? 'nodes' : null
  if (!isMapping(value)) return null
  if (isMapping(value.applications) && !('apiVersion' in value)) return 'serve'
  const list = listOf(value)
  if (list !== null) return list.every(isNodeState) ? 'nodes' : null
  if (isMapping(value.data) && Array.isArray(value.data.summary)) return 'summary'
  const entries = Object.entries(value)
  const isDraining = entries.length > 0 && entries.every(([id, at]) => HEX_ID.test(id) && typeof at === 'number')
  return isDraining ? 'draining' : null
}

/** The list that an answer of the state API wraps; null: it is none. */
export function listOf(value: Readonly<Record<string, unknown>>): readonly unknown[] | null {
  const data = isMapping(value.data) ? value.data.result : value
  return isMapping(data) && Array.isArray(data.result) ? data.result : null
}

function isNodeState(value: unknown): boolean {
  return isMapping(value) && 'node_id' in value && ('resources_total' in value || 'is_head_node' in value)
}

/** What a document is that no payload is, and which URL would give the right one. */
function describeStranger({ name, value }: NamedDocument): InputIssue {
  const expected = `what ${SERVE_URL} or ${NODES_URL} answers`
  const issue = (found: string, hint: string) => ({ path: name, found, expected, hint })
  if (Array.isArray(value)) {
    return issue(describeValue(value), `the entries of a list of nodes have node_id and resources_total: ${NODES_URL}`)
  }
  if (!isMapping(value)) return issue(describeValue(value), 'a payload is a mapping')
  if (value.result === false) {
    return issue(`an answer that says no: ${describeValue(value.msg)}`, 'ask the dashboard again')
  }
  if ('apiVersion' in value && 'kind' in value) {
    return issue(`a Kubernetes ${describeValue(value.kind)}`, 'Ray is asked at its dashboard, http://HEAD:8265')
  }
  if (Array.isArray(value.applications)) {
    return issue('a Serve config file, as it is put', `what runs is read with ${SERVE_URL}`)
  }
  if (Array.isArray(value.nodes) && Array.isArray(value.deployments)) {
    return issue('what looks like a Problem', 'plan takes it as it is')
  }
  if (areOverrides(value)) return issue('overrides', '--overrides takes them')
  if ('app_status' in value || 'deployment_statuses' in value || 'deployments' in value) {
    return issue('a payload of one application, of an older API', `all of them are read with ${SERVE_URL}`)
  }
  const list = listOf(value)
  if (list !== null) {
    const first = list.find(isMapping)
    const what = list.length === 0 ? 'an empty list' : `a list of something else, with the keys ${keysOf(first ?? {})}`
    return issue(what, `nodes are read with ${NODES_URL}, ${NODES_HINT}`)
  }
  if (isMapping(value.data)) {
    return issue(`an answer of the dashboard with the keys ${keysOf(value.data)}`, `nodes are read with ${NODES_URL}`)
  }
  return issue(`a mapping with the keys ${keysOf(value)}`, 'a file may hold several payloads under keys')
}

/** Parts of overrides that no payload has. */
const OVERRIDES_KEYS = ['nodeGroups', 'instanceTypes', 'defaults', 'nodes', 'replicas'] as const

/** Whether a mapping is overrides, in all likelihood. Payloads of an older API have `deployments`, too, and other keys beside it. */
function areOverrides(value: Readonly<Record<string, unknown>>): boolean {
  if (OVERRIDES_KEYS.some((key) => isMapping(value[key]))) return true
  const others = Object.keys(value).filter((key) => key !== 'deployments' && key !== 'schemaVersion')
  return isMapping(value.deployments) && others.length === 0
}

const MOST_KEYS = 6

function keysOf(value: Readonly<Record<string, unknown>>): string {
  const keys = Object.keys(value)
  const shown = keys.slice(0, MOST_KEYS).map((key) => describeValue(key))
  return `${shown.join(', ')}${keys.length > MOST_KEYS ? ', …' : ''}`
}
