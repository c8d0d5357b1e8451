import { describeValue } from '../../../../models/contract/describe-input.js'
import { InputError } from '../../../../models/contract/parse.js'
import type { Unchecked } from '../../../../models/contract/unchecked.js'
import { listDeployments, type RayDeployment } from './deployments/ray-deployment.js'
import type { ImportNotes } from './import-notes.js'
import { type ClusterNodes, nameNodes } from './nodes/cluster-nodes.js'
import { type RayOverrides, readOverrides } from './overrides/overrides.js'
import { type Payload, type RaySnapshot, recognisePayloads } from './payloads/documents.js'
import { type LogicalUsage, readLogicalUsage } from './payloads/logical-usage.js'
import { isMapping } from './payloads/mappings.js'
import { readNodes } from './payloads/node-payload.js'
import { readPayload } from './payloads/read-payload.js'
import { type ApplicationDetails, servePayload } from './payloads/serve-payload.js'

/** A snapshot whose payloads are what they should be. */
export interface ReadSnapshot {
  readonly deployments: readonly RayDeployment[]
  readonly nodes: ClusterNodes
  readonly overrides: RayOverrides
  /** Of each node by hexadecimal id, as far as the dashboard says. */
  readonly usage: ReadonlyMap<string, LogicalUsage>
  /** Hexadecimal ids of nodes that drain. */
  readonly draining: ReadonlySet<string>
  /** So many of each kind were read. */
  readonly counts: Readonly<Record<string, number>>
}

/** Reads what the documents hold. Throws InputError where that is not what Ray answers. */
export function readSnapshot(snapshot: RaySnapshot, notes: ImportNotes): ReadSnapshot {
  const { documents, overrides: stated } = checkDocuments(snapshot)
  const payloads = recognisePayloads(documents, notes.issues)
  const overrides = readOverrides(stated, notes.issues)
  notes.check()
  const serve = payloads.get('serve') as Payload
  const read = readPayload(serve, servePayload, 'what GET /api/serve/applications/ answers', notes.issues)
  const rayNodes = readNodes((payloads.get('nodes') ?? payloads.get('summary')) as Payload, notes.issues)
  const usage = readLogicalUsage(payloads.get('summary'), notes.issues)
  const nodes = nameNodes(rayNodes, overrides, notes)
  const applications = read?.applications ?? {}
  const deployments = listDeployments(applications, overrides, serve.name, notes)
  notes.check()
  const counts = countRead(applications, rayNodes.length)
  const draining = drainingNodes(payloads.get('draining'), applications)
  return { deployments, nodes, overrides, usage, draining, counts }
}

/** Who calls without types may give anything. */
function checkDocuments(snapshot: Unchecked<RaySnapshot>): RaySnapshot {
  const isDocument = (value: unknown) => isMapping(value) && typeof value.name === 'string'
  const { documents, overrides } = isMapping(snapshot) ? snapshot : {}
  const areDocuments = Array.isArray(documents) && documents.every(isDocument)
  if (areDocuments && (overrides === undefined || isDocument(overrides))) return snapshot as RaySnapshot
  const [path, value] = areDocuments ? ['overrides', overrides] : ['documents', documents]
  const expected = areDocuments ? 'a document { name, value }' : 'a list of documents { name, value }'
  throw new InputError('ray', [{ path: path as string, found: describeValue(value), expected }])
}

function countRead(applications: Readonly<Record<string, ApplicationDetails>>, nodes: number): Record<string, number> {
  const all = Object.values(applications).flatMap(({ deployments }) => Object.values(deployments))
  const replicas = all.reduce((sum, deployment) => sum + deployment.replicas.length, 0)
  return { Application: Object.keys(applications).length, Deployment: all.length, Replica: replicas, Node: nodes }
}

/** Those that somebody lists, and those of which Serve moves replicas away. */
function drainingNodes(
  payload: Payload | undefined,
  applications: Readonly<Record<string, ApplicationDetails>>
): ReadonlySet<string> {
  const leaving = Object.values(applications)
    .flatMap(({ deployments }) => Object.values(deployments))
    .flatMap(({ replicas }) => replicas)
    .flatMap(({ state, node_id: nodeId }) => (state === 'PENDING_MIGRATION' && nodeId != null ? [nodeId] : []))
  return new Set([...Object.keys(payload?.value ?? {}), ...leaving])
}
