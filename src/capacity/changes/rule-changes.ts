import * as z from 'zod'
import { count } from '../../../models/contract/quantities.js'
import { type Rule, rule } from '../../../models/contract/rules.js'
import type { ChangeKind } from './change-kind.js'
import { readJson } from './json-line.js'
import { findDeployments } from './known-deployments.js'
import { joinParts, readNames, readNumber, writeNames } from './lines.js'
import { names } from './node-target.js'

/** One rule more. */
export const addRuleChange = z.strictObject({
  kind: z.literal('add-rule'),
  rule: rule.describe('The rule as in a Problem.')
})
type AddRuleChange = z.infer<typeof addRuleChange>

const ruleKind = z.enum(['anti-affinity', 'conflict', 'affinity', 'spread', 'at-least'])

/** Rules that no longer hold: the one at an index, or all of a kind, of those that bind certain deployments. */
export const removeRuleChange = z
  .strictObject({
    kind: z.literal('remove-rule'),
    index: count.optional().describe('Which of the rules, counted from 0, as they stand when this change is made.'),
    rule: ruleKind.optional().describe('The kind of the rules.'),
    deployments: names.optional().describe('Ids of deployments that the rules bind, all of them; any by default.')
  })
  .refine(
    ({ index, rule, deployments }) => (index === undefined) !== (rule === undefined && deployments === undefined),
    {
      error: 'either "index", or "rule", "deployments" or both'
    }
  )
type RemoveRuleChange = z.infer<typeof removeRuleChange>

export const addRule: ChangeKind<AddRuleChange> = {
  form: 'add-rule:{"kind": …, "deployments": [ … ], …}',
  readLine(text) {
    const value = readJson(text)
    return value && { rule: value }
  },
  writeLine: ({ rule }) => JSON.stringify(rule),
  apply: (problem, change) => ({ ...problem, rules: [...problem.rules, change.rule] })
}

export const removeRule: ChangeKind<RemoveRuleChange> = {
  form: 'remove-rule:INDEX, or remove-rule:KIND[:DEPLOYMENT,…]',
  readLine(text) {
    const index = readNumber(text)
    if (index !== undefined) return { index }
    const [kind, ...rest] = text.split(':')
    if (rest.length === 0) return { rule: kind }
    const deployments = readNames(rest.join(':'))
    return deployments && { rule: kind, deployments }
  },
  writeLine: ({ index, rule, deployments }) =>
    index === undefined ? joinParts(rule, deployments === undefined ? '' : writeNames(deployments)) : String(index),
  apply(problem, { index, rule: kind, deployments }, report) {
    const { rules } = problem
    if (index !== undefined) {
      if (index >= rules.length) {
        const known = rules.length === 0 ? 'there is none' : `0 to ${rules.length - 1}`
        report('index', String(index), `the index of a rule: ${known}`)
      }
      return { ...problem, rules: rules.filter((_, at) => at !== index) }
    }
    if (deployments !== undefined) findDeployments(problem, deployments, report)
    const isMeant = (one: Rule) =>
      (kind === undefined || one.kind === kind) && (deployments ?? []).every((id) => membersOf(one).includes(id))
    if (!rules.some(isMeant)) {
      const known = rules
        .map((one) => `${one.kind} of ${membersOf(one).join(', ')}`)
        .slice(0, 8)
        .join('; ')
      report('', 'what no rule matches', `one of the rules: ${known === '' ? 'there is none' : known}`)
    }
    return { ...problem, rules: rules.filter((one) => !isMeant(one)) }
  }
}

function membersOf(one: Rule): readonly string[] {
  return one.kind === 'conflict' ? one.between.flat() : one.deployments
}
