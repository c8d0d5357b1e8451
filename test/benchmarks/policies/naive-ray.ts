import type { PackingState } from '../../../dist/src/search/packing-state.js'

const PRECISION = 1e6
const SLACK = 1e-9

/**
 * Ray's compaction as it is written down, without any cleverness: every round, every active node is tried, every replica is held
 * against every other active node, and of the nodes that can be emptied the largest is taken. A node whose replica hung is tried
 * again as soon as anything has changed.
 */
export function compactNaively(state: PackingState): { starts: number } {
  let starts = 0
  const hung = new Set<number>()
  for (;;) {
    const choice = findNodeToCompact(state, hung)
    if (choice === undefined) return { starts }
    if (carryOut(state, choice)) {
      starts += choice.moves.length
      hung.clear()
    } else hung.add(choice.node)
  }
}

interface Move {
  readonly deployment: number
  readonly to: number
  readonly leave: () => void
}

interface Choice {
  readonly node: number
  readonly moves: readonly Move[]
}

function findNodeToCompact(state: PackingState, excluded: ReadonlySet<number>): Choice | undefined {
  const { instance, population } = state
  const active = instance.nodes.filter(({ index }) => (population[index] ?? 0) > 0)
  const choices = active.flatMap(({ index, releasable, copies }) => {
    const isStuck = copies.some((copy) => {
      const { hold, state: running } = instance.copies[copy] ?? {}
      return running === 'draining' || (hold !== 'none' && state.stays[copy] === 1)
    })
    if (!releasable || isStuck || excluded.has(index)) return []
    const pool = active.map((node) => node.index).filter((node) => node !== index)
    const moves = plan(state, index, pool)
    return moves === undefined ? [] : [{ node: index, moves }]
  })
  const sizeOf = ({ node }: Choice) => toSize(state, [...(instance.nodes[node]?.capacity ?? [])])
  choices.sort(
    (one, other) =>
      compare(sizeOf(other), sizeOf(one)) || one.moves.length - other.moves.length || one.node - other.node
  )
  return choices[0]
}

function plan(state: PackingState, node: number, pool: readonly number[]): Move[] | undefined {
  const { instance } = state
  const room = new Map(pool.map((other) => [other, instance.resources.map((_, index) => state.free(other, index))]))
  const added = new Map<string, number>()
  const moves: Move[] = []
  for (const { deployment, leave } of largestFirst(state, node)) {
    const { demand = new Float64Array(), maxReplicasPerNode = 0 } = instance.deployments[deployment] ?? {}
    let best: { to: number; left: readonly number[] } | undefined
    for (const [to, free] of room) {
      const here =
        (state.perNode[deployment * instance.nodes.length + to] ?? 0) + (added.get(`${deployment} ${to}`) ?? 0)
      const fits = free.every((amount, resource) => amount + SLACK >= (demand[resource] ?? 0))
      if (!fits || here >= maxReplicasPerNode || instance.eligible[deployment * instance.nodes.length + to] !== 1)
        continue
      const left = free.map((amount, resource) => amount - (demand[resource] ?? 0))
      if (best === undefined || compare(toSize(state, left), toSize(state, best.left)) < 0) best = { to, left }
    }
    if (best === undefined) return undefined
    room.set(best.to, [...best.left])
    added.set(`${deployment} ${best.to}`, (added.get(`${deployment} ${best.to}`) ?? 0) + 1)
    moves.push({ deployment, to: best.to, leave })
  }
  return moves
}

function largestFirst(state: PackingState, node: number) {
  const { copies, nodes, deployments } = state.instance
  const staying = (nodes[node]?.copies ?? []).filter((copy) => state.stays[copy] === 1)
  const replicas = [
    ...staying.map((copy) => ({ deployment: copies[copy]?.deployment ?? -1, leave: () => state.leave(copy) })),
    ...(state.arrivals[node] ?? []).map((arrival) => ({
      deployment: arrival.deployment,
      leave: () => state.remove(arrival)
    }))
  ]
  const sizeOf = (deployment: number) => toSize(state, [...(deployments[deployment]?.demand ?? [])])
  return replicas.sort(
    (one, other) => compare(sizeOf(other.deployment), sizeOf(one.deployment)) || one.deployment - other.deployment
  )
}

function carryOut(state: PackingState, { moves }: Choice): boolean {
  const mark = state.mark()
  for (const { leave } of moves) leave()
  for (const { deployment, to } of moves) {
    if (!state.admits(deployment, to)) {
      state.rollBack(mark)
      return false
    }
    state.arrive(deployment, to)
  }
  return true
}

/** GPUs, cores, memory, then whatever else there is. */
function toSize({ instance: { resources } }: PackingState, amounts: readonly number[]): number[] {
  const first = ['gpu', 'cpu', 'memory']
  const names = [
    ...first.filter((name) => resources.includes(name)),
    ...resources.filter((name) => !first.includes(name))
  ]
  return names.map((name) => Math.round((amounts[resources.indexOf(name)] ?? 0) * PRECISION))
}

function compare(one: readonly number[], other: readonly number[]): number {
  const position = one.findIndex((amount, index) => amount !== other[index])
  return position < 0 ? 0 : (one[position] ?? 0) - (other[position] ?? 0)
}
