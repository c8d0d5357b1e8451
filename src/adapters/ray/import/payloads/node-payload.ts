import * as z from 'zod'
import { formatPath } from '../../../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../../../models/contract/input-issues.js'
import { resourceAmounts } from '../../../../../models/contract/quantities.js'
import { listOf, type Payload } from './documents.js'
import { isMapping } from './mappings.js'
import { placeIn, readPayload } from './read-payload.js'

/** A node as Ray describes it. */
export interface RayNode {
  /** Hexadecimal. */
  readonly nodeId: string
  readonly ip: string
  readonly isHead: boolean
  readonly isAlive: boolean
  /** In Ray's names and units. */
  readonly resources: Readonly<Record<string, number>>
  readonly labels: Readonly<Record<string, string>>
  /** Where it stands, for messages. */
  readonly place: string
}

const state = z.enum(['ALIVE', 'DEAD'])
const labels = z.record(z.string(), z.string()).nullish()

const nodeState = z.object({
  node_id: z.string().min(1),
  node_ip: z.string().min(1),
  is_head_node: z.boolean().nullish(),
  state,
  resources_total: resourceAmounts.nullish(),
  labels
})

const summaryEntry = z.object({
  ip: z.string().nullish(),
  raylet: z
    .looseObject({
      nodeId: z.string().min(1).nullish(),
      state: state.nullish(),
      isHeadNode: z.boolean().nullish(),
      nodeManagerAddress: z.string().nullish(),
      resourcesTotal: resourceAmounts.nullish(),
      labels
    })
    .nullish()
})

/** The marker that the head carries among its resources. */
const HEAD_MARK = 'node:__internal_head__'

/** The nodes of a payload of either kind; what is not as it should be is reported. */
export function readNodes(payload: Payload, issues: InputIssue[]): RayNode[] {
  return payload.kind === 'summary' ? readSummary(payload, issues) : readStates(payload, issues)
}

function readStates(payload: Payload, issues: InputIssue[]): RayNode[] {
  const list = isMapping(payload.value) ? listOf(payload.value) : payload.value
  reportTruncation(payload, issues)
  const whole = 'a list of nodes { node_id, node_ip, state, resources_total }'
  const states = readPayload({ name: payload.name, value: list }, z.array(nodeState), whole, issues)
  return (states ?? []).map((node, index) => ({
    nodeId: node.node_id,
    ip: node.node_ip,
    isHead: isHead(node.is_head_node, node.resources_total),
    isAlive: node.state === 'ALIVE',
    resources: checkResources(node.state, node.resources_total, `${payload.name} [${index}].resources_total`, issues),
    labels: node.labels ?? {},
    place: `${payload.name} [${index}]`
  }))
}

/** The state API answers with a hundred entries unless it is asked for more. */
function reportTruncation({ name, value }: Payload, issues: InputIssue[]): void {
  const data = isMapping(value) && isMapping(value.data) ? value.data.result : value
  if (!isMapping(data) || Array.isArray(data)) return
  const { num_after_truncation: given, num_filtered: there } = data
  if (typeof given !== 'number' || typeof there !== 'number' || given >= there) return
  const found = `${given} of ${there} nodes`
  issues.push({ path: name, found, expected: 'all of them', hint: 'ask with &limit=10000' })
}

function readSummary(payload: Payload, issues: InputIssue[]): RayNode[] {
  const schema = z.object({ data: z.object({ summary: z.array(summaryEntry) }) })
  const read = readPayload(payload, schema, 'what GET /nodes?view=summary answers', issues)
  return (read?.data.summary ?? []).flatMap(({ ip, raylet }, index) => {
    // Of nodes that are gone the dashboard knows little more than that.
    if (raylet?.nodeId == null) return []
    const path = formatPath(['data', 'summary', index, 'raylet'])
    const address = ip ?? raylet.nodeManagerAddress ?? ''
    if (address === '') {
      const place = placeIn(payload.name, formatPath(['data', 'summary', index, 'ip']))
      issues.push({ path: place, found: 'nothing', expected: 'the address of the node' })
    }
    const lives = raylet.state ?? 'DEAD'
    const place = placeIn(payload.name, `${path}.resourcesTotal`)
    return {
      nodeId: raylet.nodeId,
      ip: address,
      isHead: isHead(raylet.isHeadNode, raylet.resourcesTotal),
      isAlive: lives === 'ALIVE',
      resources: checkResources(lives, raylet.resourcesTotal, place, issues),
      labels: raylet.labels ?? {},
      place: placeIn(payload.name, path)
    }
  })
}

function isHead(flag: boolean | null | undefined, resources: Readonly<Record<string, number>> | null | undefined) {
  return flag === true || Object.hasOwn(resources ?? {}, HEAD_MARK)
}

function checkResources(
  lives: string,
  resources: Readonly<Record<string, number>> | null | undefined,
  path: string,
  issues: InputIssue[]
): Readonly<Record<string, number>> {
  if (resources == null && lives === 'ALIVE') {
    const hint = 'ask with detail=1: GET /api/v0/nodes?detail=1&limit=10000'
    issues.push({ path, found: 'nothing', expected: 'the resources of a node that is alive', hint })
  }
  return resources ?? {}
}
