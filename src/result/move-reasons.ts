import { formatPath } from '../../models/contract/describe-input.js'
import type { MoveReason } from '../../models/contract/result.js'
import { groupBy } from '../../models/grouping.js'
import type { FinalRule, Instance, InstanceCopy, InstanceNode } from '../../models/instance/instance.js'
import type { Place, Target } from '../../models/instance/packing.js'
import { stateOf } from '../plan-migration.js'
import { PackingState, type SeatedArrival } from '../search/packing-state.js'

/** What each migration to a target is for: what would not hold if it alone were taken back. */
export function explainMoves(whole: Instance, target: Target): MoveReason[] {
  // What is there in the end counts, and not what might meet on the way.
  const instance = atTheEnd(whole)
  const movers = instance.copies.filter(({ index, node, state }) => {
    const place = target.copies[index] ?? null
    return state !== 'draining' && place !== null && place.node !== node
  })
  if (movers.length === 0) return []
  const state = stateOf(instance, target)
  const start = new PackingState(instance)
  const gangs = groupBy(
    movers.filter(({ gang }) => gang !== undefined),
    ({ gang }) => gang as string
  )
  const arriving = groupBy(
    [...movers.map(({ index, id }) => ({ id, node: (target.copies[index] as Place).node })), ...target.newcomers],
    ({ node }) => node
  )
  return movers.map((copy): MoveReason => {
    const home = instance.nodes[copy.node] as InstanceNode
    const node = home.id
    if (home.mustEmpty) return { replica: copy.id, code: 'must-empty', node }
    if (!state.isActive(copy.node)) return { replica: copy.id, code: 'empty-node', node }
    const others = (gangs.get(copy.gang ?? '') ?? []).filter(({ id }) => id !== copy.id)
    const cause = reasonOf(state, start, copy, target.copies[copy.index] as Place)
    if (cause.code === 'none-found' && others.length > 0)
      return { replica: copy.id, code: 'gang', replicas: others.map(({ id }) => id) }
    const comers = cause.code === 'make-room' ? (arriving.get(copy.node) ?? []).map(({ id }) => id) : []
    return { replica: copy.id, ...cause, ...(comers.length > 0 && { replicas: comers }) }
  })
}

/** Why one move of a target cannot be taken back alone. */
function reasonOf(
  state: PackingState,
  start: PackingState,
  copy: InstanceCopy,
  { node: there, devices }: Place
): Pick<MoveReason, 'code' | 'node' | 'rule'> {
  const { instance } = state
  const { finalRules } = instance
  const node = (instance.nodes[copy.node] as InstanceNode).id
  const shortfalls = finalRules.map((_, rule) => state.rules.final.excessOf(rule))
  const mark = state.mark()
  const takeAway = (arrivals: readonly SeatedArrival[]) => {
    for (const arrival of arrivals) state.remove(arrival)
  }
  try {
    takeAway(
      (state.arrivals[there] ?? []).filter((own) => own.deployment === copy.deployment && own.devices === devices)
    )
    if (state.mayReturn(copy.index)) {
      state.stay(copy.index)
      const worse = finalRules.findIndex((_, rule) => state.rules.final.excessOf(rule) > (shortfalls[rule] as number))
      if (worse < 0) return { code: 'none-found' }
      return { code: 'keep-rule', rule: formatPath(['rules', (finalRules[worse] as FinalRule).rule]) }
    }
    const here = state.arrivals[copy.node] ?? []
    const isRoom = ({ deployment }: SeatedArrival) => instance.deployments[deployment]?.isHeadroom === true
    const [headroom, replicas] = [here.filter(isRoom), here.filter((arrival) => !isRoom(arrival))]
    const withoutReplicas = state.mark()
    takeAway(replicas)
    if (state.mayReturn(copy.index)) return { code: 'make-room', node }
    state.rollBack(withoutReplicas)
    takeAway(headroom)
    if (state.mayReturn(copy.index)) return { code: 'headroom', node }
    takeAway(replicas)
    if (state.mayReturn(copy.index)) return { code: 'make-room', node }
    const [obstacle] = state.rules.obstacles(copy.deployment, copy.node)
    if (obstacle === undefined) return { code: 'repair', node }
    const { rule } = obstacle
    const wasBroken = start.rules.breaks(copy.deployment, copy.node)
    return { code: wasBroken ? 'repair' : 'keep-rule', ...(wasBroken && { node }), rule: formatPath(['rules', rule]) }
  } finally {
    state.rollBack(mark)
  }
}

function atTheEnd(instance: Instance): Instance {
  const { problem } = instance
  return { ...instance, problem: { ...problem, migration: { ...problem.migration, level: 'sequenced' } } }
}
