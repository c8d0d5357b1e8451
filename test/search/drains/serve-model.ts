import type { Problem } from '../../../models/contract/problem.js'

/**
 * Ray Serve's rule stated a second time, from the description of it, in plain objects and by names. Nothing here is shared with
 * what it is held against.
 */
export interface World {
  readonly problem: Problem
  /** Where each replica runs. */
  readonly home: ReadonlyMap<string, string>
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

type Deployment = Problem['deployments'][number]

const owners = new WeakMap<Problem, Map<string, Deployment>>()

export function deploymentOf({ problem }: World, replica: string): Deployment {
  let known = owners.get(problem)
  if (known === undefined) {
    const byId = new Map(problem.deployments.map((deployment) => [deployment.id, deployment]))
    known = new Map(problem.replicas.map(({ id, deployment }) => [id, byId.get(deployment) as Deployment]))
    owners.set(problem, known)
  }
  const found = known.get(replica)
  if (found === undefined) throw new Error(`${replica} has no deployment`)
  return found
}

const contents = new WeakMap<World['home'], Map<string, string[]>>()

export function residents({ problem, home }: World, node: string): string[] {
  let known = contents.get(home)
  if (known === undefined) {
    known = new Map(problem.nodes.map(({ id }) => [id, []]))
    for (const { id } of problem.replicas) known.get(home.get(id) ?? '')?.push(id)
    contents.set(home, known)
  }
  return [...(known.get(node) ?? [])]
}

/** GPU, CPU, memory, and the rest by name, in millionths: what sizes are compared by. */
function sizeOf({ problem }: World, amounts: Readonly<Record<string, number>>): number[] {
  const names = namesOf.get(problem) ?? resourceNames(problem)
  namesOf.set(problem, names)
  return names.map((name) => Math.round((amounts[name] ?? 0) * 1e6))
}

const namesOf = new WeakMap<Problem, string[]>()

function resourceNames(problem: Problem): string[] {
  const all = new Set(
    [...problem.nodes, ...problem.deployments.map(({ demand }) => ({ capacity: demand }))].flatMap(({ capacity }) =>
      Object.keys(capacity)
    )
  )
  const rest = [...all].filter((name) => !['gpu', 'cpu', 'memory'].includes(name)).sort()
  return ['gpu', 'cpu', 'memory', ...rest]
}

/** Negative where the left one is the smaller. */
function compareSizes(left: readonly number[], right: readonly number[]): number {
  const first = left.findIndex((amount, index) => amount !== right[index])
  return first < 0 ? 0 : (left[first] as number) - (right[first] as number)
}

/** Per key: the capacity less what everything there demands. */
function freeOn(world: World, { id, capacity }: Problem['nodes'][number], coming: readonly string[]) {
  const free: Record<string, number> = { ...capacity }
  for (const replica of [...residents(world, id), ...coming])
    for (const [name, amount] of Object.entries(deploymentOf(world, replica).demand))
      free[name] = (free[name] ?? 0) - amount
  return free
}

/** `coming`: what was chosen a node for just before, by node. */
function bestFit(
  world: World,
  replica: string,
  pool: readonly Problem['nodes'][number][],
  coming: ReadonlyMap<string, readonly string[]>
): string | undefined {
  const { demand, nodeSelector, maxReplicasPerNode = Infinity, id } = deploymentOf(world, replica)
  let best: { node: string; left: number[] } | undefined
  for (const node of pool) {
    const isLabelled = Object.entries(nodeSelector).every(([label, values]) =>
      [values].flat().includes(node.labels[label] ?? '\0')
    )
    if (!isLabelled) continue
    const there = [...residents(world, node.id), ...(coming.get(node.id) ?? [])]
    if (there.filter((other) => deploymentOf(world, other).id === id).length + 1 > maxReplicasPerNode) continue
    const free = freeOn(world, node, coming.get(node.id) ?? [])
    if (!Object.entries(demand).every(([name, amount]) => (free[name] ?? 0) + 1e-9 >= amount)) continue
    const entries = Object.entries(free).map(([name, amount]) => [name, amount - (demand[name] ?? 0)])
    const left = sizeOf(world, Object.fromEntries(entries))
    if (best === undefined || compareSizes(left, best.left) < 0) best = { node: node.id, left }
  }
  return best?.node
}

/**
 * Where Serve starts the replacements of everything on a node: the largest first, each where least is left, of the nodes that host
 * something. null where one finds none.
 */
export function serveTargets(world: World, node: string): Map<string, string> | null {
  const { problem } = world
  const active = problem.nodes.filter(({ id }) => id !== node && !world.gone.has(id) && residents(world, id).length > 0)
  const sizes = new Map(
    residents(world, node).map((replica) => [replica, sizeOf(world, deploymentOf(world, replica).demand)])
  )
  const place = (replica: string) => problem.deployments.indexOf(deploymentOf(world, replica))
  const moving = residents(world, node).sort(
    (one, other) => compareSizes(sizes.get(other) as number[], sizes.get(one) as number[]) || place(one) - place(other)
  )
  const targets = new Map<string, string>()
  const coming = new Map<string, string[]>()
  for (const replica of moving) {
    const target = bestFit(world, replica, active, coming)
    if (target === undefined) return null
    coming.set(target, [...(coming.get(target) ?? []), replica])
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
 * whose replicas all find a place; of these the one with fewest, the first. `drain` gives what comes of it, null where it cannot be executed.
 */
export function compactOnce<Drained extends World>(
  world: Drained,
  drain: (world: Drained, node: string) => Drained | null
): Drained | null {
  const candidates = world.problem.nodes
    .filter(({ id, releasable }) => releasable && residents(world, id).length > 0)
    .map(({ id, capacity }) => ({ id, size: sizeOf(world, capacity), count: residents(world, id).length }))
    .sort((one, other) => compareSizes(other.size, one.size) || one.count - other.count)
  for (const { id } of candidates) {
    const drained = drain(world, id)
    if (drained !== null) return drained
  }
  return null
}
