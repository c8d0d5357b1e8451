import { describeValue, formatPath } from '../../../../models/contract/describe-input.js'
import type { Rule } from '../../../../models/contract/rules.js'
import { counted, formatNumber, listed } from '../../../result/conflict/words.js'
import { onlyStep, type Proposal } from '../proposal.js'
import { mostCopies, type Scene } from '../scene.js'

/** A rule that gives way: its number by one and one more, or where it has none, the rule itself. */
export function proposeRules({ problem, instance, residents, suspects }: Scene): Proposal[] {
  const moving = new Set(residents.map(({ deployment }) => instance.deployments[deployment]?.id))
  return problem.rules.flatMap((rule, index) => {
    const path = formatPath(['rules', index])
    const isFinal = rule.kind === 'affinity' || rule.kind === 'spread' || rule.kind === 'at-least'
    const binds = isFinal && rule.deployments.some((id) => moving.has(id))
    const weight = suspects.get(path) ?? (binds ? 0.5 : 0)
    return weight === 0 ? [] : relax(rule, index, mostCopies(instance)).map((one) => ({ ...one, weight: 1 + weight }))
  })
}

function relax(rule: Rule, index: number, copies: number): Omit<Proposal, 'weight'>[] {
  const what = `rules[${index}], ${rule.kind} of ${listed(rule.kind === 'conflict' ? rule.between.flat() : rule.deployments)}`
  const raised = (key: string, now: number, most: number, sign: 1 | -1): Omit<Proposal, 'weight'>[] =>
    most < 1
      ? []
      : [
          {
            kind: 'rule',
            most,
            guess: 1,
            step: (steps) => ({
              edits: [{ path: ['rules', index, key], to: now + sign * steps }],
              words: `${key} ${formatNumber(now + sign * steps)}, not ${formatNumber(now)}, in ${what}`,
              amount: steps
            }),
            isRelaxation: true
          }
        ]
  switch (rule.kind) {
    case 'anti-affinity':
      return raised('max', rule.max, copies, 1)
    case 'at-least':
      return raised('count', rule.count, rule.count, -1)
    case 'spread':
      return [
        ...(rule.minDomains === undefined ? [] : raised('minDomains', rule.minDomains, rule.minDomains, -1)),
        ...(rule.maxSkew === undefined ? [] : raised('maxSkew', rule.maxSkew, copies, 1))
      ]
    default:
      return [
        { kind: 'rule', ...onlyStep({ edits: [{ path: ['rules', index], to: undefined }], words: `without ${what}` }) }
      ]
  }
}

/** More replicas of a deployment on one node. */
export function proposeReplicasPerNode({ problem, instance, suspects }: Scene): Proposal[] {
  return problem.deployments.flatMap(({ id, maxReplicasPerNode: now }, index): Proposal[] => {
    const weight = suspects.get(formatPath(['deployments', index, 'maxReplicasPerNode']))
    if (weight === undefined || now === undefined) return []
    return [
      {
        kind: 'replicas-per-node',
        weight: 1 + weight,
        most: mostCopies(instance),
        guess: 1,
        step: (steps) => ({
          edits: [{ path: ['deployments', index, 'maxReplicasPerNode'], to: now + steps }],
          words: `${counted(now + steps, 'replica')} of ${describeValue(id)} on a node, not ${formatNumber(now)}`,
          amount: steps
        }),
        isRelaxation: true
      }
    ]
  })
}
