import * as z from 'zod'
import { count } from '../../../models/contract/quantities.js'
import type { ChangeKind } from './change-kind.js'
import { joinParts, readNumber, splitLast } from './lines.js'
import { checkTarget, isMeant, nodeTarget, readTarget, writeTarget } from './node-target.js'

/** Another number of nodes that may be bought of each of these types. */
export const maxNewChange = z.strictObject({
  kind: z.literal('max-new'),
  ...nodeTarget,
  maxNew: count.describe('Nodes of each of these types that may be bought at most.')
})
type MaxNewChange = z.infer<typeof maxNewChange>

export const maxNew: ChangeKind<MaxNewChange> = {
  form: 'max-new:[TYPE or LABEL=VALUE,…:]COUNT',
  readLine(text) {
    const [who, rest] = splitLast(text)
    const count = readNumber(rest)
    const target = readTarget(who)
    return count === undefined || target === undefined ? undefined : { ...target, maxNew: count }
  },
  writeLine: ({ types, nodeSelector, maxNew: most }) => joinParts(writeTarget(types, nodeSelector), String(most)),
  apply(problem, change, report) {
    checkTarget(change, problem.nodeTypes, 'a node type that may be bought', report)
    return {
      ...problem,
      nodeTypes: problem.nodeTypes.map((type) => (isMeant(change, type) ? { ...type, maxNew: change.maxNew } : type))
    }
  }
}
