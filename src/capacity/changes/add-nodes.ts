import * as z from 'zod'
import { describeValue } from '../../../models/contract/describe-input.js'
import { oneOf } from '../../../models/contract/known-names.js'
import { type Node, node } from '../../../models/contract/problem.js'
import { count, identifier, quantity } from '../../../models/contract/quantities.js'
import type { ChangeKind } from './change-kind.js'
import { joinParts, readNumber, splitLast } from './lines.js'
import { everyType } from './node-target.js'

/** More nodes that exist already: as written, or so many like those of a type. They are idle, and cost nothing until something is on them. */
export const addNodesChange = z
  .strictObject({
    kind: z.literal('add-nodes'),
    nodes: z.array(node).min(1).optional().describe('The nodes as in a Problem.'),
    type: identifier
      .optional()
      .describe('A type that a node has, or that may be bought: capacity, price and labels are taken from it.'),
    count: count.min(1).max(100_000).optional().describe('How many of the type; 1 by default.'),
    costPerHour: quantity.optional().describe('Their price, in money per hour; that of the type by default.'),
    releasable: z.boolean().optional().describe('false: paid for whether used or not; true by default.')
  })
  .refine(({ nodes, type }) => (nodes === undefined) !== (type === undefined), { error: 'either "nodes" or "type"' })
  .refine(({ nodes, ...rest }) => nodes === undefined || Object.keys(rest).length === 1, {
    error: 'no other key beside "nodes": each node says for itself'
  })
type AddNodesChange = z.infer<typeof addNodesChange>

export const addNodes: ChangeKind<AddNodesChange> = {
  form: 'add-nodes:TYPE:COUNT',
  readLine(text) {
    const [type, rest] = splitLast(text)
    const count = readNumber(rest)
    return type === '' || count === undefined ? undefined : { type, count }
  },
  writeLine: ({ nodes, type, count, costPerHour, releasable }) =>
    nodes !== undefined || costPerHour !== undefined || releasable !== undefined || count === undefined
      ? undefined
      : joinParts(type, String(count)),
  apply(problem, { nodes, type, count: wanted = 1, costPerHour, releasable = true }, report) {
    if (nodes !== undefined) {
      const known = new Set(problem.nodes.map(({ id }) => id))
      for (const [index, { id }] of nodes.entries()) {
        if (known.has(id)) report(`nodes[${index}].id`, describeValue(id), 'an id that no node has yet')
        known.add(id)
      }
      return { ...problem, nodes: [...problem.nodes, ...nodes] }
    }
    const models = everyType(problem)
    const model = models.filter((one) => one.type === type).at(-1)
    if (model === undefined) {
      const known = new Set(models.flatMap((one) => one.type ?? []))
      report('type', describeValue(type), `the type of a node or node type: ${oneOf(known, 'there is none')}`)
      return problem
    }
    const { capacity, labels } = model
    const one = { type: model.type, capacity, labels, costPerHour: costPerHour ?? model.costPerHour, releasable }
    const ids = freshIds(`added-${type}-`, wanted, new Set(problem.nodes.map(({ id }) => id)))
    const added = ids.map((id): Node => ({ id, ...one, acceptsReplicas: true, mustEmpty: false }))
    return { ...problem, nodes: [...problem.nodes, ...added] }
  }
}

/** So many ids that nobody has yet, numbered from 1. */
function freshIds(prefix: string, wanted: number, taken: ReadonlySet<string>): string[] {
  const ids: string[] = []
  for (let number = 1; ids.length < wanted; number++) {
    if (!taken.has(`${prefix}${number}`)) ids.push(`${prefix}${number}`)
  }
  return ids
}
