import * as z from 'zod'
import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue, ReportIssue } from '../../../models/contract/input-issues.js'
import { oneOf } from '../../../models/contract/known-names.js'
import type { Problem } from '../../../models/contract/problem.js'
import { identifier, type Labels, type NodeSelector, nodeSelector } from '../../../models/contract/quantities.js'
import { matchesSelector } from '../../../models/instance/selector.js'
import { joinParts, readNames, writeNames } from './lines.js'

/** Names of what a change is about. */
export const names = z.array(identifier).min(1)

/** Keys of a change that say which nodes and node types it is about: all of them, unless one of these narrows them down. */
export const nodeTarget = {
  types: names
    .optional()
    .describe('Names of node types, of nodes that exist and of those that may be bought; all by default.'),
  nodeSelector: nodeSelector.optional().describe('Labels that the nodes and node types have; any by default.')
}

export interface NodeTarget {
  readonly types?: readonly string[] | undefined
  readonly nodeSelector?: NodeSelector | undefined
}

/** Whether a node, or a node type, is meant. */
export function isMeant(
  { types, nodeSelector }: NodeTarget,
  { type, labels }: { type?: string | undefined; labels: Labels }
): boolean {
  if (types !== undefined && (type === undefined || !types.includes(type))) return false
  return nodeSelector === undefined || matchesSelector(nodeSelector, labels)
}

/** Reports types that nobody has, and targets that meet nothing among `candidates`. */
export function checkTarget(
  target: NodeTarget,
  candidates: readonly { readonly type?: string | undefined; readonly labels: Labels }[],
  what: string,
  report: ReportIssue
): void {
  const known = new Set(candidates.flatMap(({ type }) => (type === undefined ? [] : [type])))
  const issues: InputIssue[] = []
  for (const [index, type] of (target.types ?? []).entries()) {
    if (known.has(type)) continue
    const expected = `the type of ${what}: ${oneOf(known, 'there is none')}`
    issues.push({ path: `types[${index}]`, found: describeValue(type), expected })
  }
  for (const { path, found, expected } of issues) report(path, found, expected)
  if (issues.length > 0 || candidates.some((candidate) => isMeant(target, candidate))) return
  const path = target.nodeSelector === undefined ? '' : 'nodeSelector'
  report(path, 'what no node matches', `labels or types of ${what}`)
}

/** The node types and nodes of a Problem, as targets meet them. */
export function everyType({ nodes, nodeTypes }: Problem) {
  return [...nodes, ...nodeTypes]
}

/** `g5.xlarge,zone=a` as a target: names are types, pairs are labels; nothing means all. undefined where it is neither. */
export function readTarget(text: string, listName = 'types'): object | undefined {
  if (text === '') return {}
  const entries = readNames(text)
  if (entries === undefined) return undefined
  const selector = new Map<string, string[]>()
  for (const entry of entries.filter((one) => one.includes('='))) {
    const [label = '', ...rest] = entry.split('=')
    if (label === '' || rest.length !== 1) return undefined
    selector.set(label, [...(selector.get(label) ?? []), ...rest])
  }
  const listed = entries.filter((one) => !one.includes('='))
  return {
    ...(listed.length === 0 ? {} : { [listName]: listed }),
    ...(selector.size === 0 ? {} : { nodeSelector: Object.fromEntries(selector) })
  }
}

/** The same the other way round: `` for all, undefined for what a line cannot say. */
export function writeTarget(
  listed: readonly string[] | undefined,
  selector: NodeSelector | undefined
): string | undefined {
  const conditions = Object.entries(selector ?? {})
  const pairs = conditions.flatMap(([label, condition]) =>
    Array.isArray(condition) ? condition.map((value) => [label, value] as const) : []
  )
  if (!conditions.every(([, condition]) => Array.isArray(condition))) return undefined
  if (selector !== undefined && pairs.length === 0) return undefined
  if (pairs.some(([label, value]) => label === '' || /[,=]/.test(label) || /[,=]/.test(value))) return undefined
  const words = listed === undefined ? '' : writeNames(listed)
  return joinParts(words, '') === undefined
    ? undefined
    : [...(words === '' ? [] : [words]), ...pairs.map(([label, value]) => `${label}=${value}`)].join(',')
}
