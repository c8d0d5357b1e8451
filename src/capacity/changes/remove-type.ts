import * as z from 'zod'
import { describeValue } from '../../../models/contract/describe-input.js'
import { oneOf } from '../../../models/contract/known-names.js'
import type { ChangeKind } from './change-kind.js'
import { readNames, writeNames } from './lines.js'
import { names } from './node-target.js'

/** Node types that are no longer offered. Nodes of them that exist stay: see `remove-nodes`. */
export const removeTypeChange = z.strictObject({
  kind: z.literal('remove-type'),
  types: names.describe('Names of node types.')
})
type RemoveTypeChange = z.infer<typeof removeTypeChange>

export const removeType: ChangeKind<RemoveTypeChange> = {
  form: 'remove-type:TYPE,…',
  readLine(text) {
    const types = readNames(text)
    return types && { types }
  },
  writeLine: ({ types }) => writeNames(types),
  apply(problem, { types }, report) {
    const offered = new Set(problem.nodeTypes.map(({ type }) => type))
    for (const [index, type] of types.entries()) {
      if (offered.has(type)) continue
      const hint = problem.nodes.some((node) => node.type === type)
        ? 'nodes of it exist; they go by remove-nodes'
        : undefined
      const expected = `a node type that may be bought: ${oneOf(offered, 'there is none')}`
      report(`types[${index}]`, describeValue(type), expected, hint)
    }
    return { ...problem, nodeTypes: problem.nodeTypes.filter(({ type }) => !types.includes(type)) }
  }
}
