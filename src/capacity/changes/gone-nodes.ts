import * as z from 'zod'
import { describeValue } from '../../../models/contract/describe-input.js'
import type { ReportIssue } from '../../../models/contract/input-issues.js'
import { oneOf } from '../../../models/contract/known-names.js'
import type { Problem } from '../../../models/contract/problem.js'
import { nodeSelector } from '../../../models/contract/quantities.js'
import type { ChangeKind } from './change-kind.js'
import { checkTarget, isMeant, names, readTarget, writeTarget } from './node-target.js'
import { pendingAgain } from './pending-again.js'

const which = {
  nodes: names.optional().describe('Ids of the nodes.'),
  nodeSelector: nodeSelector.optional().describe('Labels that the nodes have; with ids, too, they must have both.')
}
const isNamed = (change: { nodes?: unknown; nodeSelector?: unknown }) =>
  change.nodes !== undefined || change.nodeSelector !== undefined
const said = { error: '"nodes" or "nodeSelector"' }

/** Nodes that are lost at once: what ran there is pending, and what was leaving is gone. */
export const loseChange = z.strictObject({ kind: z.literal('lose'), ...which }).refine(isNamed, said)
type LoseChange = z.infer<typeof loseChange>

/** Nodes to be given back: emptied by a safe migration, whether or not they were releasable. */
export const removeNodesChange = z.strictObject({ kind: z.literal('remove-nodes'), ...which }).refine(isNamed, said)
type RemoveNodesChange = z.infer<typeof removeNodesChange>

const readLine = (text: string) => (text === '' ? undefined : readTarget(text, 'nodes'))

export const lose: ChangeKind<LoseChange> = {
  form: 'lose:NODE or LABEL=VALUE,…',
  readLine,
  writeLine: ({ nodes, nodeSelector }) => writeTarget(nodes, nodeSelector),
  apply(problem, change, report) {
    const gone = findNodes(problem, change, report)
    const isOn = (node: string | null) => node !== null && gone.has(node)
    const left = problem.replicas.filter(({ node, state }) => !(isOn(node) && state === 'draining'))
    const ids = new Set(left.map(({ id }) => id))
    return {
      ...problem,
      nodes: problem.nodes.filter(({ id }) => !gone.has(id)),
      replicas: left.map((replica) => {
        if (isOn(replica.node)) return pendingAgain(replica)
        if (replica.replaces === undefined || ids.has(replica.replaces)) return replica
        const { replaces: _replaces, ...rest } = replica
        return rest
      })
    }
  }
}

export const removeNodes: ChangeKind<RemoveNodesChange> = {
  form: 'remove-nodes:NODE or LABEL=VALUE,…',
  readLine,
  writeLine: ({ nodes, nodeSelector }) => writeTarget(nodes, nodeSelector),
  apply(problem, change, report) {
    const gone = findNodes(problem, change, report)
    return {
      ...problem,
      nodes: problem.nodes.map((node) =>
        gone.has(node.id) ? { ...node, releasable: true, acceptsReplicas: false, mustEmpty: true } : node
      )
    }
  }
}

function findNodes(problem: Problem, change: LoseChange | RemoveNodesChange, report: ReportIssue): ReadonlySet<string> {
  const { nodes: ids, nodeSelector: selector } = change
  const known = new Set(problem.nodes.map(({ id }) => id))
  let isKnown = true
  for (const [index, id] of (ids ?? []).entries()) {
    if (known.has(id)) continue
    isKnown = false
    report(`nodes[${index}]`, describeValue(id), `the id of a node: ${oneOf(known, 'there is none')}`)
  }
  const named = ids === undefined ? problem.nodes : problem.nodes.filter(({ id }) => ids.includes(id))
  if (isKnown) checkTarget({ nodeSelector: selector }, named, 'a node', report)
  return new Set(named.filter((node) => isMeant({ nodeSelector: selector }, node)).map(({ id }) => id))
}
