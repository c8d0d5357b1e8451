import type { Problem } from '../../../models/contract/problem.js'

/**
 * Ray Serve's rule stated a second time, from the description of it, in plain objects and by names. Nothing here is shared with
 * what it is held against.
 */
export interface World {
  readonly problem: Problem
  /** Where each replica runs. */
  readonly home: Map<string, string>
  /** Nodes that were drained, or are being drained by somebody else. */
  readonly gone: Set<string>
}

export function worldOf(problem: Problem): World {
  const running = problem.replicas.filter(({ node, state }) => node !== null && state !== 'draining')
  return {
    problem,
    home: new Map(running.map(({ id, node }) => [id, node as string])),
    gone: new Set(problem.nodes.filter(({ acceptsReplicas }) => !acceptsReplicas).map(({ id }) => id))
  }
}

export function deploymentOf({ problem }: World, replica: string): Problem['deployments'][number] {
  const owner = problem.replicas.find(({ id }) => id === replica)?.deployment
  const found = problem.deployments.find(({ id }) => id === owner)
  if (found === undefined) throw new Error(`${replica} has no deployment`)
  return found
}

export function residents({ problem, home }: World, node: string): string[] {
  return problem.replicas.filter(({ id }) => home.get(id) === node).map(({ id }) => id)
}

/** GPU, CPU, memory, and the rest by name, in millionths: what sizes are compared by. */
export function sizeOf({ problem }: World, amounts: Readonly<Record<string, number>>): number[] {
  const all = new Set(
    [...problem.nodes, ...problem.deployments.map(({ demand }) => ({ capacity: demand }))].flatMap(({ capacity }) =>
      Object.keys(capacity)
    )
  )
  const rest = [...all].filter((name) => !['gpu', 'cpu', 'memory'].includes(name)).sort()
  return ['gpu', 'cpu', 'memory', ...rest].map((name) => Math.round((amounts[name] ?? 0) * 1e6))
}

/** Negative where the left one is the smaller. */
export function compareSizes(left: readonly number[], right: readonly number[]): number {
  const first = left.findIndex((amount, index) => amount !== right[index])
  return first < 0 ? 0 : (left[first] as number) - (right[first] as number)
}

/** Per key: the capacity less what everything there, or on its way there, demands. */
function freeOn(world: World, node: Problem['nodes'][number]): Record<string, number> {
  const free: Record<string, number> = { ...node.capacity }
  for (const replica of residents(world, node.id))
    for (const [name, amount] of Object.entries(deploymentOf(world, replica).demand))
      free[name] = (free[name] ?? 0) - amount
  return free
}

function bestFit(world: World, replica: string, pool: readonly Problem['nodes'][number][]): string | undefined {
  const { demand, nodeSelector, maxReplicasPerNode = Infinity, id } = deploymentOf(world, replica)
  let best: { node: string; left: number[] } | undefined
  for (const node of pool) {
    const isLabelled = Object.entries(nodeSelector).every(([label, values]) =>
      [values].flat().includes(node.labels[label] ?? '\0')
    )
    const own = residents(world, node.id).filter((other) => deploymentOf(world, other).id === id).length
    if (!isLabelled || own + 1 > maxReplicasPerNode) continue
    const free = freeOn(world, node)
    if (!Object.entries(demand).every(([name, amount]) => (free[name] ?? 0) + 1e-9 >= amount)) continue
    const left = sizeOf(
      world,
      Object.fromEntries(Object.entries(free).map(([name, amount]) => [name, amount - (demand[name] ?? 0)]))
    )
    if (best === undefined || compareSizes(left, best.left) < 0) best = { node: node.id, left }
  }
  return best?.node
}

/**
 * Where Serve starts the replacements of everything on a node: the largest first, each where least is left, of the nodes that host
 * something. null where one finds none. The world is as it was.
 */
export function serveTargets(world: World, node: string): Map<string, string> | null {
  const { problem } = world
  const active = problem.nodes.filter(({ id }) => id !== node && !world.gone.has(id) && residents(world, id).length > 0)
  // While the old ones still run, the new ones are counted where they are to be.
  const planned: World = { ...world, home: new Map(world.home) }
  const order = [...problem.deployments.keys()].sort((one, other) => {
    const demands = [one, other].map((index) => sizeOf(world, problem.deployments[index]?.demand ?? {}))
    return compareSizes(demands[1] as number[], demands[0] as number[]) || one - other
  })
  const rank = (replica: string) => order.indexOf(problem.deployments.indexOf(deploymentOf(world, replica)))
  const moving = residents(world, node).sort((one, other) => rank(one) - rank(other))
  const targets = new Map<string, string>()
  for (const replica of moving) {
    const target = bestFit(planned, replica, active)
    if (target === undefined) return null
    planned.home.set(replica, target)
    targets.set(replica, target)
  }
  return targets
}

export function applyDrain(world: World, node: string, targets: ReadonlyMap<string, string>): World {
  return {
    ...world,
    home: new Map([...world.home].map(([replica, home]) => [replica, targets.get(replica) ?? home])),
    gone: new Set([...world.gone, node])
  }
}

/**
 * The node that Ray would compact next: of the active ones but heads, and those with replicas that cannot be moved, the largest of those
 * whose replicas all find a place; of these the one with fewest, the first. `isLegal`: whether such a drain can be executed.
 */
export function findNodeToCompact(
  world: World,
  isLegal: (node: string, targets: ReadonlyMap<string, string>) => boolean
): { node: string; targets: Map<string, string> } | null {
  let best: { node: string; targets: Map<string, string>; size: number[]; count: number } | null = null
  for (const { id, capacity, releasable } of world.problem.nodes) {
    const count = residents(world, id).length
    if (!releasable || count === 0) continue
    const targets = serveTargets(world, id)
    if (targets === null || !isLegal(id, targets)) continue
    const size = sizeOf(world, capacity)
    const order = best === null ? 1 : compareSizes(size, best.size) || best.count - count
    if (order > 0) best = { node: id, targets, size, count }
  }
  return best
}
