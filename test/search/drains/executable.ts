import type { Problem } from '../../../models/contract/problem.js'
import { applyDrain, deploymentOf, residents, serveTargets, type World } from './serve-model.js'

/** A world with the devices that everybody holds, and how often each replica was started. */
export interface DeviceWorld extends World {
  /** GPUs held by each replica. */
  readonly gpus: Map<string, readonly number[]>
  readonly starts: readonly string[]
}

/** A drain that can be executed, done; null where it cannot be. */
export function execute(world: DeviceWorld, node: string): DeviceWorld | null {
  const { problem } = world
  const home = problem.nodes.find(({ id }) => id === node)
  const moving = residents(world, node)
  if (home === undefined || !home.releasable || moving.length === 0 || world.starts.includes(`drained ${node}`))
    return null
  if (moving.some((replica) => isHeld(world, replica))) return null
  const targets = serveTargets(world, node)
  if (targets === null || !keepsSurge(world, moving) || !keepsBudget(world, moving)) return null
  const gpus = new Map(world.gpus)
  // Everything new is there before anything old has gone.
  const copies: { replica: string; node: string }[] = [...world.home].map(([replica, at]) => ({ replica, node: at }))
  for (const [replica, target] of targets) {
    if (problem.nodes.find(({ id }) => id === target)?.mustEmpty === true) return null
    const held = seat(world, gpus, copies, replica, target)
    if (held === null) return null
    gpus.set(`new ${replica}`, held)
    copies.push({ replica: `new ${replica}`, node: target })
    if (!keepsRules(world, copies)) return null
  }
  if (!fitsWhileStarting(world, targets)) return null
  for (const replica of targets.keys()) gpus.set(replica, gpus.get(`new ${replica}`) ?? [])
  for (const replica of targets.keys()) gpus.delete(`new ${replica}`)
  return {
    ...world,
    ...applyDrain(world, node, targets),
    gpus,
    starts: [...world.starts, `drained ${node}`, ...targets.keys()]
  }
}

function isHeld(world: World, replica: string): boolean {
  const listed = world.problem.replicas.find(({ id }) => id === replica)
  return (
    (listed?.movable ?? deploymentOf(world, replica).movable) === false ||
    listed?.gang !== undefined ||
    listed?.state === 'starting'
  )
}

function keepsSurge(world: World, moving: readonly string[]): boolean {
  return world.problem.deployments.every(
    ({ id, maxSurge = Infinity }) =>
      moving.filter((replica) => deploymentOf(world, replica).id === id).length <= maxSurge
  )
}

function keepsBudget(world: DeviceWorld, moving: readonly string[]): boolean {
  const {
    maxMigrations = Infinity,
    maxMoveCost = Infinity,
    maxMigrationsPerDeployment = Infinity
  } = world.problem.budget
  const starts = [...world.starts.filter((start) => !start.startsWith('drained ')), ...moving]
  const costOf = (replica: string) =>
    world.problem.replicas.find(({ id }) => id === replica)?.moveCost ?? deploymentOf(world, replica).moveCost
  const isWithin = world.problem.deployments.every(
    ({ id }) => starts.filter((replica) => deploymentOf(world, replica).id === id).length <= maxMigrationsPerDeployment
  )
  return (
    starts.length <= maxMigrations &&
    starts.reduce((sum, replica) => sum + costOf(replica), 0) <= maxMoveCost + 1e-6 &&
    isWithin
  )
}

/** A share goes to the fullest GPU that has room, whole ones to the first that nobody holds. */
function seat(
  world: World,
  gpus: ReadonlyMap<string, readonly number[]>,
  copies: readonly { replica: string; node: string }[],
  replica: string,
  target: string
): number[] | null {
  const demand = deploymentOf(world, replica).demand.gpu ?? 0
  if (demand === 0) return []
  const load = new Array<number>(world.problem.nodes.find(({ id }) => id === target)?.capacity.gpu ?? 0).fill(0)
  for (const other of copies.filter(({ node }) => node === target)) {
    const share = Math.min(1, deploymentOf(world, other.replica.replace(/^new /, '')).demand.gpu ?? 0)
    for (const device of gpus.get(other.replica) ?? []) load[device] = (load[device] as number) + share
  }
  if (demand >= 1) {
    const free = [...load.keys()].filter((device) => (load[device] as number) < 1e-6)
    return free.length < demand ? null : free.slice(0, demand)
  }
  const fitting = [...load.keys()].filter((device) => (load[device] as number) + demand <= 1 + 1e-7)
  const fullest = Math.max(...fitting.map((device) => load[device] as number))
  const chosen = fitting.find((device) => load[device] === fullest)
  return chosen === undefined ? null : [chosen]
}

function keepsRules(world: World, copies: readonly { replica: string; node: string }[]): boolean {
  const { problem } = world
  const domainOf = (node: string, key: string) =>
    key === 'node' ? node : problem.nodes.find(({ id }) => id === node)?.labels[key]
  return problem.rules.every((rule) => {
    if (rule.kind !== 'anti-affinity' && rule.kind !== 'conflict') return true
    const counts = new Map<string, [number, number]>()
    const [left, right] = rule.kind === 'conflict' ? rule.between : [rule.deployments, []]
    for (const { replica, node } of copies) {
      const domain = domainOf(node, rule.topologyKey)
      if (domain === undefined) continue
      const owner = deploymentOf(world, replica.replace(/^new /, '')).id
      const count = counts.get(domain) ?? [0, 0]
      counts.set(domain, count)
      if (left.includes(owner)) count[0]++
      if (right.includes(owner)) count[1]++
    }
    const isKept = ([one, other]: [number, number]) =>
      rule.kind === 'conflict' ? one === 0 || other === 0 : one <= rule.max
    return [...counts.values()].every(isKept)
  })
}

function fitsWhileStarting(world: World, targets: ReadonlyMap<string, string>): boolean {
  return world.problem.nodes.every(({ id, capacity }) =>
    Object.entries(capacity).every(([name, amount]) => {
      const demandOf = ({ demand }: Problem['deployments'][number]) => demand[name] ?? 0
      const here = residents(world, id).reduce((sum, replica) => sum + demandOf(deploymentOf(world, replica)), 0)
      const coming = [...targets].filter(([, target]) => target === id)
      const starting = coming.reduce((sum, [replica]) => {
        const owner = deploymentOf(world, replica)
        return sum + Math.max(demandOf(owner), owner.startupDemand?.[name] ?? 0)
      }, 0)
      return coming.length === 0 || here + starting <= amount + 1e-6 * Math.max(1, amount)
    })
  )
}
