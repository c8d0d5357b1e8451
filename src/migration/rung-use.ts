import type { RungUse } from '../../models/contract/plan.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Attempt } from './carry-out.js'
import type { DetourRung } from './ladder.js'
import type { Schedule } from './schedule.js'
import type { StepGraph } from './step-graph.js'

const DETOURS: readonly DetourRung[] = ['delay-release', 'hop', 'rent', 'stop-first']
const SECONDS_PER_HOUR = 3600

/** The rungs of the ladder that a migration used, each with its price. */
export function rungsUsed(
  instance: Instance,
  relabelled: number,
  { isReordered, agenda, detours, progress }: Attempt,
  givenUp: number,
  graph: StepGraph,
  times: Schedule
): RungUse[] {
  const used: RungUse[] = []
  const use = (rung: RungUse['rung'], moves: number, price: Partial<RungUse> = {}) => {
    if (moves > 0) used.push({ rung, moves, extraMigrations: 0, extraMoveCost: 0, ...price })
  }
  use('relabel', relabelled)
  use('reorder', isReordered ? agenda.slots.length : 0)
  for (const rung of DETOURS) {
    const own = detours.filter((detour) => detour.rung === rung)
    const movers = [...new Set(own.map(({ mover }) => mover))]
    // Who ends where it was has its way home besides; of those that stop first only they start once more.
    const home = movers.filter(({ index, from }) => progress.placeOf(index)?.node === from)
    const extra = rung === 'stop-first' ? home : [...own.map(({ mover }) => mover), ...home]
    use(rung, own.length, {
      extraMigrations: extra.length,
      extraMoveCost: extra.reduce((sum, { moveCost }) => sum + moveCost, 0),
      ...(rung === 'rent' && { rentCost: rentOf(instance, new Set(own.map(({ node }) => node)), graph, times) }),
      ...(rung === 'stop-first' && {
        downSeconds: secondsWithout(new Set(movers.map(({ replica }) => replica)), graph, times)
      })
    })
  }
  use('cut', givenUp)
  return used
}

/** What nodes cost from the moment they are asked for until they are given back. */
function rentOf(
  instance: Instance,
  nodes: ReadonlySet<number>,
  { steps }: StepGraph,
  { start, end }: Schedule
): number {
  let cost = 0
  for (const [index, { action, node }] of steps.entries()) {
    if (!nodes.has(node) || (action !== 'provision' && action !== 'release')) continue
    const hours = (action === 'release' ? (end[index] as number) : -(start[index] as number)) / SECONDS_PER_HOUR
    cost += hours * (instance.nodes[node]?.costPerHour ?? 0)
  }
  return Math.max(0, cost)
}

/** Seconds, summed over replicas, from the drain of the copy that goes first to the readiness of its successor. */
function secondsWithout(replicas: ReadonlySet<string>, { steps }: StepGraph, { start, end }: Schedule): number {
  const since = new Map<string, number>()
  let seconds = 0
  // Steps of one replica stand in the order in which they follow each other.
  for (const [index, { action, replica, after }] of steps.entries()) {
    if (!replicas.has(replica)) continue
    const isHandover = [...after].some(
      (before) => steps[before]?.action === 'shift' && steps[before]?.replica === replica
    )
    if (action === 'drain' && !isHandover) since.set(replica, start[index] as number)
    if (action !== 'start' || !since.has(replica)) continue
    seconds += (end[index] as number) - (since.get(replica) as number)
    since.delete(replica)
  }
  return seconds
}
