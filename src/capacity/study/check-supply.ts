import { describeValue } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import type { Study } from '../../../models/contract/study.js'
import { nearestNames } from '../nearest-names.js'
import { countsTowards } from './quotas.js'
import { reservedNodes } from './reserved-nodes.js'
import { namesOf } from './type-names.js'

/** Names of types and resources in reservations, quotas and the commitment that nothing has; ids that reserved nodes would share. */
export function checkSupply(study: Study): InputIssue[] {
  const { nodes, nodeTypes, reservations, quotas, commitment } = study
  const issues: InputIssue[] = []
  const types = new Set(nodeTypes.map(({ type }) => type))
  for (const [index, { type, capacity }] of reservations.entries()) {
    if (capacity !== undefined || types.has(type)) continue
    const expected = `a type that there is, or a "capacity" beside it: ${nearestNames(type, [...types])}`
    issues.push({ path: `reservations[${index}].type`, found: describeValue(type), expected })
  }
  const reserved = reservedNodes(study)
  const ids = new Set(reserved.map(({ id }) => id))
  for (const [index, { id }] of nodes.entries()) {
    if (!ids.has(id)) continue
    const expected = 'another id: a reserved node is called so'
    issues.push({ path: `nodes[${index}].id`, found: describeValue(id), expected })
  }
  for (const [index, { type }] of nodeTypes.entries()) {
    if (commitment === undefined || !type.endsWith(':reserved') || !types.has(type.replace(/:reserved$/, ''))) continue
    const expected = 'another name: what is committed to of a type is called so'
    issues.push({ path: `nodeTypes[${index}].type`, found: describeValue(type), expected })
  }
  const holders = [...nodes, ...reserved, ...nodeTypes]
  const names = [...new Set(holders.flatMap(namesOf))]
  const checkNames = (path: string, given: readonly string[] = []) => {
    for (const [index, type] of given.entries()) {
      if (names.includes(type)) continue
      const expected = `a type of nodes: ${nearestNames(type, names)}`
      issues.push({ path: `${path}[${index}]`, found: describeValue(type), expected })
    }
  }
  checkNames('commitment.types', commitment?.types)
  const resources = [...new Set(holders.flatMap(({ capacity }) => Object.keys(capacity)))]
  for (const [index, quota] of quotas.entries()) {
    checkNames(`quotas[${index}].types`, quota.types)
    if (quota.resource === undefined || resources.includes(quota.resource)) continue
    const expected = `a resource that nodes have: ${nearestNames(quota.resource, resources)}`
    issues.push({ path: `quotas[${index}].resource`, found: describeValue(quota.resource), expected })
  }
  return issues
}

/** Quotas that no node and no type counts towards: legal, but more often a mistake. */
export function noteIdleQuotas(study: Study): string[] {
  const holders = [...study.nodes, ...reservedNodes(study), ...study.nodeTypes]
  return study.quotas.flatMap((quota, index) =>
    holders.some((holder) => countsTowards(quota, holder))
      ? []
      : [`quotas[${index}]${quota.name === undefined ? '' : ` (${quota.name})`}: no node or type counts towards it`]
  )
}
