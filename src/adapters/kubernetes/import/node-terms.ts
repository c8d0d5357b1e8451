import { labelOf } from '../../../../models/instance/selector.js'
import type { NodeRequirement, NodeSelectorTerm } from '../objects/affinity.js'
import type { PodSpec } from '../objects/pod.js'

/** What of a node its selection depends on. */
export interface SelectableNode {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
}

/** The terms of required node affinity; null where there is none. */
export function requiredTerms({ affinity }: PodSpec): readonly NodeSelectorTerm[] | null {
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return required === null || required === undefined ? null : (required.nodeSelectorTerms ?? [])
}

/** Whether nodeSelector and required node affinity of a pod select a node. */
export function selectsNode(spec: PodSpec, node: SelectableNode): boolean {
  const isSelected = Object.entries(spec.nodeSelector ?? {}).every(
    ([key, value]) => labelOf(node.labels, key) === value
  )
  const terms = requiredTerms(spec)
  return isSelected && (terms === null || matchesAnyTerm(terms, node))
}

/** Whether one of the terms selects a node. A term that requires nothing selects nothing. */
export function matchesAnyTerm(terms: readonly NodeSelectorTerm[], { name, labels }: SelectableNode): boolean {
  return terms.some(({ matchExpressions, matchFields }) => {
    const expressions = matchExpressions ?? []
    const fields = matchFields ?? []
    if (expressions.length + fields.length === 0) return false
    return (
      expressions.every((requirement) => isMet(requirement, labelOf(labels, requirement.key))) &&
      fields.every((requirement) => requirement.key === 'metadata.name' && isMet(requirement, name))
    )
  })
}

function isMet({ operator, values }: NodeRequirement, value: string | undefined): boolean {
  const listed = values ?? []
  switch (operator) {
    case 'In':
      return value !== undefined && listed.includes(value)
    case 'NotIn':
      return value === undefined || !listed.includes(value)
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    case 'Gt':
    case 'Lt': {
      const [bound] = listed
      if (value === undefined || bound === undefined || listed.length !== 1) return false
      if (!WHOLE_NUMBER.test(value) || !WHOLE_NUMBER.test(bound)) return false
      return operator === 'Gt' ? BigInt(value) > BigInt(bound) : BigInt(value) < BigInt(bound)
    }
  }
}

const WHOLE_NUMBER = /^-?\d{1,19}$/

/** Terms for people: `gpu in (A100, H100), zone exists or cores > 8`. */
export function describeTerms(terms: readonly NodeSelectorTerm[]): string {
  if (terms.length === 0) return 'no node'
  return terms
    .map(({ matchExpressions, matchFields }) => {
      const parts = [...(matchExpressions ?? []), ...(matchFields ?? [])].map(describeRequirement)
      return parts.length === 0 ? 'no node' : parts.join(', ')
    })
    .join(' or ')
}

function describeRequirement({ key, operator, values }: NodeRequirement): string {
  const listed = (values ?? []).join(', ')
  switch (operator) {
    case 'In':
      return `${key} in (${listed})`
    case 'NotIn':
      return `${key} not in (${listed})`
    case 'Exists':
      return `${key} exists`
    case 'DoesNotExist':
      return `${key} is not set`
    case 'Gt':
      return `${key} > ${listed}`
    case 'Lt':
      return `${key} < ${listed}`
  }
}
