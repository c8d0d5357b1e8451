import type { Instance, InstanceCopy } from '../models/instance/instance.js'
import type { Target } from '../models/instance/packing.js'
import type { Budget } from './budget.js'
import { type Sequence, sequenceMigration } from './migration/sequence.js'
import { Incumbents } from './search/incumbents.js'
import { searchByMip } from './search/mip-search.js'
import { PackingState } from './search/packing-state.js'
import type { SolverTeam } from './search/solver-team.js'
import { startStopwatch } from './stopwatch.js'

/** How often the nodes of a blocked kernel are solved again before what was reached is taken. */
const MOST_ROUNDS = 3

export interface MigrationOptions {
  readonly budget: Budget
  readonly signal: AbortSignal
  readonly seed: number
  /** null: without a solver, what is blocked is given up at once. */
  readonly solvers: SolverTeam | null
}

/**
 * Orders the moves to a target. Where moves block each other for good, the nodes concerned are solved again with room for their
 * arrivals beside everything that is there now, so that those moves are safe in any order, and the better outcome is kept.
 */
export async function planMigration(instance: Instance, target: Target, options: MigrationOptions): Promise<Sequence> {
  const isLate = () => options.budget.isLate()
  let sequence = sequenceMigration(instance, target, { isLate })
  for (let round = 0; round < MOST_ROUNDS && options.solvers !== null && sequence.cut.nodes.length > 0; round++) {
    if (options.budget.isSpent() || options.signal.aborted) break
    const around = await solveAround(instance, sequence, options.solvers, options)
    if (around === null) break
    const next = sequenceMigration(instance, around, { isLate })
    if (costOf(instance, next.target) >= costOf(instance, sequence.target) - 1e-9) break
    sequence = next
  }
  return sequence
}

/** A target that is better than what a sequence reaches, without moves that need an order at the nodes of its cut. */
async function solveAround(
  instance: Instance,
  sequence: Sequence,
  solvers: SolverTeam,
  { budget, signal, seed }: MigrationOptions
): Promise<Target | null> {
  const incumbents = new Incumbents(instance, startStopwatch(Infinity))
  const reached = stateOf(instance, sequence.target)
  if (!incumbents.offer(reached, 'greedy')) return null
  const kernel = new Set(sequence.cut.nodes)
  const nodes = instance.nodes.flatMap(({ index }) => (kernel.has(index) || reached.isActive(index) ? [index] : []))
  await searchByMip(incumbents, solvers, {
    level: 'total',
    nodes,
    outside: reached.toPacking(),
    anyOrderNodes: kernel,
    budget: budget.share(1 / 2),
    relativeGap: 1e-4,
    seed,
    signal
  })
  const found = incumbents.best?.packing
  if (found === undefined || incumbents.history.length < 2) return null
  return incumbents.best?.target ?? null
}

/** The packing that a target means. */
export function stateOf(instance: Instance, target: Target): PackingState {
  const state = new PackingState(instance)
  for (const copy of instance.copies as readonly InstanceCopy[]) {
    const place = target.copies[copy.index] ?? null
    if (copy.state === 'draining' || place?.node === copy.node) continue
    state.leave(copy.index)
  }
  for (const [index, place] of target.copies.entries()) {
    const copy = instance.copies[index] as InstanceCopy
    if (place !== null && place.node !== copy.node) state.add({ deployment: copy.deployment, ...place })
  }
  for (const { deployment, node, devices } of target.newcomers) state.add({ deployment, node, devices })
  const shadows = new Map(
    instance.deployments.filter(({ isHeadroom }) => isHeadroom).map(({ family, index }) => [family, index])
  )
  for (const { deployment, node, devices } of target.headroom) {
    state.add({ deployment: shadows.get(deployment) as number, node, devices })
  }
  return state
}

function costOf(instance: Instance, target: Target): number {
  return stateOf(instance, target).cost
}
