import { verifyPlacement } from '../../../models/checker/verify-placement.js'
import type { Problem } from '../../../models/contract/problem.js'
import { type DeviceWorld, execute } from './executable.js'
import { worldOf } from './serve-model.js'

export interface Outcome {
  readonly costPerHour: number
  readonly moveCost: number
}

export function startOf(problem: Problem): DeviceWorld {
  const gpus = new Map(problem.replicas.map(({ id, devices }) => [id, devices?.gpu ?? []]))
  return { ...worldOf(problem), gpus, starts: [] }
}

/** What a world is worth. Nodes that host nothing are paid for only where they are never given back. */
export function outcomeOf({ problem, home }: DeviceWorld): Outcome {
  const hosts = new Set(home.values())
  const active = problem.nodes.filter(({ id, releasable }) => hosts.has(id) || !releasable || isPinnedTo(problem, id))
  const moved = problem.replicas.filter(({ id, node }) => home.get(id) !== node)
  const costOf = ({ deployment, moveCost }: Problem['replicas'][number]) =>
    moveCost ?? problem.deployments.find(({ id }) => id === deployment)?.moveCost ?? 1
  return {
    costPerHour: active.reduce((sum, { costPerHour }) => sum + costPerHour, 0),
    moveCost: moved.reduce((sum, replica) => sum + costOf(replica), 0)
  }
}

function isPinnedTo(problem: Problem, node: string): boolean {
  return problem.replicas.some((replica) => replica.node === node && replica.movable === false)
}

/** The best that any sequence of executable drains comes to: every one is tried. A final rule must hold as it does at the start. */
export function bestOfAll(problem: Problem): Outcome {
  let best: Outcome = outcomeOf(startOf(problem))
  const seen = new Set<string>()
  const goOn = (world: DeviceWorld) => {
    const key = JSON.stringify([[...world.home], [...world.gpus], world.starts.length])
    if (seen.has(key)) return
    seen.add(key)
    const outcome = outcomeOf(world)
    const isBetter =
      outcome.costPerHour < best.costPerHour - 1e-9 ||
      (outcome.costPerHour < best.costPerHour + 1e-9 && outcome.moveCost < best.moveCost - 1e-9)
    if (isBetter && holds(world)) best = outcome
    for (const { id } of problem.nodes) {
      const next = mayHop(problem, world, id) ? execute(world, id) : null
      if (next !== null) goOn(next)
    }
  }
  goOn(startOf(problem))
  return best
}

/** Whether nothing on a node came there in the plan, where replicas must not move twice. */
function mayHop({ replicas, migration }: Problem, { home }: DeviceWorld, node: string): boolean {
  if (migration.rungs.includes('hop')) return true
  return replicas.every(({ id, node: first }) => home.get(id) !== node || first === node)
}

function holds({ problem, home, gpus }: DeviceWorld): boolean {
  const placement = problem.replicas.map(({ id }) => {
    const held = gpus.get(id) ?? []
    return { replica: id, node: home.get(id) as string, ...(held.length > 0 ? { devices: { gpu: [...held] } } : {}) }
  })
  const end = {
    placement,
    assumedDevices: [],
    headroom: [],
    unplaced: [],
    newNodes: [],
    releasedNodes: [],
    violations: []
  }
  return verifyPlacement(problem, end).length === 0
}
