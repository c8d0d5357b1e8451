import type { Certificate } from '../../models/contract/certificate.js'
import type { Result } from '../../models/contract/result.js'
import { budgetRows, ruleRows } from '../../models/formulations/linking-rows.js'
import { mergeAlike } from '../../models/formulations/merge-alike.js'
import { groupNodes } from '../../models/formulations/node-contents.js'
import { groupByKind } from '../../models/formulations/pattern-problem.js'
import type { Instance, InstanceNode } from '../../models/instance/instance.js'
import { costUnit, roundUpToUnit } from '../search/cost-unit.js'
import { patternScope } from '../search/patterns/pattern-scope.js'
import type { Branch } from '../solvers/patterns/branching.js'

/** A Result without what proves its plan, which is as long as the plan itself: for those who did not ask for it. */
export function withoutFunding(result: Result): Result {
  const { funding: _, ...plan } = result.plan
  return { ...result, plan }
}

/** A feasible Result with the certificate that branches are; or with a note that says why there is none. */
export function withCertificate(instance: Instance, branches: readonly Branch[] | null, result: Result): Result {
  const { bound, objective } = result
  if (bound === undefined || objective === undefined) return result
  const scope = patternScope(instance)
  const noted = (note: string): Result => {
    const notes = [...(result.explanation.notes ?? []), note]
    return { ...result, explanation: { ...result.explanation, notes } }
  }
  if (scope === 'none')
    return noted(
      'There is no certificate: none is made where the start breaks rules, or where replicas may stay pending.'
    )
  const proven = branches === null ? -Infinity : branches.reduce((least, { bound }) => Math.min(least, bound), Infinity)
  if (branches === null || !Number.isFinite(proven))
    return noted('There is no certificate: patterns, which it is made of, were not searched, or not long enough.')
  const isCost = instance.problem.objective.horizonHours === null
  const rounded = isCost ? roundUpToUnit(proven, costUnit(instance)) : proven
  if (rounded > objective.total + 1e-6 * Math.max(1, objective.total))
    return noted('There is no certificate: a placement refuted the bound of the patterns.')
  const certified = Math.max(0, Math.min(rounded, bound.total))
  const certificate = describe(instance, branches, scope === 'contents', certified)
  if (certified >= bound.total - 1e-6 * Math.max(1, bound.total)) return { ...result, certificate }
  const note = `The certificate proves ${certified}; the rest of the bound was proven by a search that leaves nothing to check.`
  return { ...noted(note), certificate }
}

function describe(instance: Instance, branches: readonly Branch[], contents: boolean, bound: number): Certificate {
  const { problem, budget, deployments, nodes } = instance
  const kinds = groupByKind(instance)
  // Patterns know fewer deployments, and groups of them: here each has what the one has that it was merged into.
  const merged = mergeAlike(instance)
  const groups = contents ? groupNodes(instance) : []
  const mergedGroups = contents ? groupNodes(merged.instance) : []
  const mergedGroupOf = new Map(mergedGroups.flatMap(({ nodes }, group) => nodes.map((node) => [node, group] as const)))
  const rows = [...(contents ? budgetRows(merged.instance) : []), ...ruleRows(merged.instance, kinds)]
  const idOf = (node: number | undefined) => (nodes[node as number] as InstanceNode).id
  // Branches that come from one another share their prices.
  const proofs = new Map(branches.map(({ prices, worths }) => [prices, worths]))
  proofs.delete(null)
  const order = [...proofs.keys()]
  return {
    bound,
    ...(budget.migrations < (problem.budget.maxMigrations ?? Infinity) && { maxMigrations: budget.migrations }),
    ...(budget.moveCost < (problem.budget.maxMoveCost ?? Infinity) && { maxMoveCost: budget.moveCost }),
    deployments: deployments.map(({ id, isHeadroom }) => ({ deployment: id, ...(isHeadroom && { headroom: true }) })),
    kinds: kinds.map((alike) => {
      const { index, purchase } = alike[0] as InstanceNode
      const type = problem.nodeTypes[purchase]?.type
      return { ...(type === undefined ? { node: idOf(index) } : { nodeType: type }), nodes: alike.length }
    }),
    groups: groups.map((group) => ({ node: idOf(group.nodes[0]), nodes: group.nodes.length })),
    rows: rows.map(({ name }) => name),
    prices: [...proofs].map(([prices, worths]) => ({
      copies: [...merged.mergedOf].map((deployment) => prices?.copy[deployment] ?? 0),
      rows: [...(prices?.link ?? [])],
      kindWorths: [...(worths?.plain ?? [])],
      groupWorths: groups.map(({ nodes }) => worths?.group[mergedGroupOf.get(nodes[0] as number) as number] ?? 0)
    })),
    branches: branches.map(({ limits, bound, prices }) => ({
      least: [...limits.least],
      most: [...limits.most],
      prices: prices === null ? null : order.indexOf(prices),
      bound
    }))
  }
}
