import { formatPath } from '../../models/contract/describe-input.js'
import type { NodeReason, Result } from '../../models/contract/result.js'
import type { Instance, InstanceCopy } from '../../models/instance/instance.js'
import type { Refusal } from '../search/drains/drain.js'
import type { DrainPlan } from '../search/drains/drain-plan.js'
import { DrainState } from '../search/drains/drain-state.js'
import { settleStart } from '../search/drains/settled-start.js'
import type { PackingState } from '../search/packing-state.js'
import { blockersOf } from './blockers.js'

/** Limits named of one node. */
const MOST_LIMITS = 3

/** What the search says of nodes where it knows nothing of drains. */
const SEARCHED: readonly NodeReason['code'][] = ['no-room-elsewhere', 'not-proven', 'budget-exhausted']

/**
 * A Result of drains with the reasons of nodes that stay as they are for drains: whether a node could be drained as everything is in the
 * end, and what is in the way of that where it cannot. `isCutShort`: more drains would end after the deadline.
 */
export function explainDrains(instance: Instance, plan: DrainPlan, result: Result, isCutShort: boolean): Result {
  const { nodes, ...others } = result.explanation
  if (nodes === undefined || nodes.every(({ code }) => !SEARCHED.includes(code))) return result
  const drained = new DrainState(settleStart(instance).state)
  for (const { node } of plan.drains) drained.drain(node)
  const indices = new Map(instance.problem.nodes.map(({ id }, index) => [id, index]))
  const told = nodes.map((reason): NodeReason => {
    if (!SEARCHED.includes(reason.code)) return reason
    return { node: reason.node, ...reasonOf(instance, drained, indices.get(reason.node) as number, isCutShort) }
  })
  return { ...result, explanation: { nodes: told, ...others } }
}

function reasonOf(
  instance: Instance,
  drained: DrainState,
  node: number,
  isCutShort: boolean
): Omit<NodeReason, 'node'> {
  let limits: string[] = []
  const refusal = drained.drain(node, (state, refused) => {
    limits = limitsOf(instance, state, refused, drained).slice(0, MOST_LIMITS)
  })
  if (refusal === null) {
    drained.undo()
    if (isCutShort) return { code: 'not-executable', limits: [formatPath(['migration', 'deadlineSeconds'])] }
    return instance.nodes[node]?.costPerHour === 0 ? { code: 'saves-nothing' } : { code: 'not-proven' }
  }
  const named = limits.length === 0 ? {} : { limits }
  if (refusal.code === 'budget') return { code: 'budget-exhausted', ...named }
  if (refusal.code === 'held' || refusal.code === 'kept') return { code: 'hosts-in-flight' }
  const replicas = refusal.copies.map((copy) => (instance.copies[copy] as InstanceCopy).id)
  return { code: 'not-executable', ...(replicas.length > 0 && { replicas }), ...named }
}

/** What stands in the way, as resources and paths inside the Problem. */
function limitsOf(
  { problem, budget, copies }: Instance,
  state: PackingState,
  { code, deployment, target, copies: concerned }: Refusal,
  { starts, moveCost, active }: DrainState
): string[] {
  const path = (...parts: (string | number)[]) => [formatPath(parts)]
  switch (code) {
    case 'budget': {
      if (deployment >= 0) return path('budget', 'maxMigrationsPerDeployment')
      const cost = concerned.reduce((sum, copy) => sum + (copies[copy]?.moveCost ?? 0), moveCost)
      return path(
        'budget',
        starts + concerned.length > budget.migrations || cost <= budget.moveCost ? 'maxMigrations' : 'maxMoveCost'
      )
    }
    case 'surge':
      return path('deployments', deployment, 'maxSurge')
    case 'start-up':
      return problem.deployments[deployment]?.startupDemand === undefined
        ? []
        : path('deployments', deployment, 'startupDemand')
    case 'hop':
      return path('migration', 'rungs')
    case 'refused':
      return blockersOf(state, deployment, target)
    case 'no-room': {
      const counts = new Map<string, number>()
      for (const node of active)
        for (const limit of blockersOf(state, deployment, node)) counts.set(limit, (counts.get(limit) ?? 0) + 1)
      return [...counts].sort(([, one], [, other]) => other - one).map(([limit]) => limit)
    }
    case 'held':
    case 'kept':
      return []
  }
}
