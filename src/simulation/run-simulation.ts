import type { Problem } from '../../models/contract/problem.js'
import type { Result, Violation } from '../../models/contract/result.js'
import { execute } from '../execution/execute.js'
import { type JournalEntry, memoryJournal } from '../execution/journal.js'
import type { ExecuteOptions } from '../execution/options.js'
import type { ExecutionReport } from '../execution/report.js'
import type { ClusterEvent, Happening } from './cluster-event.js'
import { type CrashRule, executeWithCrashes } from './crashing-executor.js'
import { Dice } from './dice.js'
import { describeFinalState } from './final-state.js'
import { InvariantWatcher, type SimulatedViolation } from './invariant-watcher.js'
import { planMishaps } from './mishaps.js'
import { SimulatedClock } from './simulated-clock.js'
import { SimulatedCluster } from './simulated-cluster.js'
import { SimulatedDriver } from './simulated-driver.js'
import type { Simulation } from './simulation.js'
import { readTimeline } from './timeline.js'

/** What a simulation is like. Shares are between 0 and 1. */
export interface Weather {
  readonly seed: number
  readonly failureRate: number
  readonly nodeDeathRate: number
  readonly driftRate: number
  readonly jitter: number
  readonly crashes: CrashRule
  readonly execution: Pick<ExecuteOptions, 'retries' | 'backoffMs' | 'forceDrain' | 'breakerWindow'>
}

/** Nodes die and others come so long as the plan takes, and this much longer, and for a minute at least. */
const HORIZON = 1.25
const LEAST_HORIZON_MS = 60_000

/** Carries the plan of a Result out on a simulated cluster and watches what happens. */
export async function runSimulation(problem: Problem, result: Result, weather: Weather): Promise<Simulation> {
  const { newNodes, assumedDevices, plan, placement } = result
  const clock = new SimulatedClock()
  const dice = new Dice(weather.seed)
  const watcher = new InvariantWatcher(problem, newNodes, assumedDevices, plan.limits ?? problem.migration.limits)
  const events: ClusterEvent[] = []
  const tell = (happening: Happening) => {
    const event = { ...happening, atSeconds: clock.now() / 1000 }
    events.push(event)
    watcher.watch(event)
  }
  const cluster = new SimulatedCluster(problem, newNodes, assumedDevices, tell)
  const driver = new SimulatedDriver(cluster, clock, dice, weather, tell)
  const horizonMs = Math.max(LEAST_HORIZON_MS, plan.makespanSeconds * HORIZON * 1000)
  planMishaps(cluster, clock, dice, weather, horizonMs, tell)
  const journal = memoryJournal()
  const execution = await clock.run(() =>
    executeWithCrashes({ driver, clock, journal }, weather.crashes, tell, (surroundings) =>
      execute(result, surroundings.driver, {
        ...weather.execution,
        clock: surroundings.clock,
        journal: surroundings.journal
      })
    )
  )
  const entries = await journal.read()
  tellOfHalt(events, execution, entries)
  const final = describeFinalState(cluster, placement, assumedDevices, leftoversOf(result, execution))
  const leftBehind = final.faults.map((fault): SimulatedViolation => {
    return { ...toViolation(fault), atSeconds: clock.now() / 1000, by: '' }
  })
  return {
    seed: weather.seed,
    seconds: execution.seconds,
    plannedSeconds: plan.makespanSeconds,
    steps: readTimeline(plan.steps, entries, execution),
    violations: [...watcher.violations, ...leftBehind],
    placement: final.placement,
    isAsPlanned: final.isAsPlanned,
    isLegal: final.faults.length === 0,
    crashes: events.filter(({ kind }) => kind === 'executor-crashed').length,
    events,
    execution
  }
}

/** An executor decides by its journal that it halts; so when it did is known in the end. */
function tellOfHalt(events: ClusterEvent[], { halt }: ExecutionReport, entries: readonly JournalEntry[]): void {
  if (halt === null) return
  const began = entries.find(({ kind }) => kind === 'plan')?.at ?? 0
  const { reason, message } = halt
  const decided = halt.seconds + began / 1000
  // A line takes a moment to be written; what it says of the cluster is told then, and comes first.
  const isCause = (event: ClusterEvent) =>
    event.kind === 'change-observed' && event.message === message && event.atSeconds >= decided
  const atSeconds = events.find(isCause)?.atSeconds ?? decided
  const later = events.findIndex((event) => event.atSeconds > atSeconds)
  events.splice(later < 0 ? events.length : later, 0, { kind: 'executor-halted', reason, message, atSeconds })
}

function toViolation({ code, where, amount, message }: Violation): Violation {
  return { code, where, amount, message }
}

/** What the executor itself says that it has left half-done. */
function leftoversOf({ plan }: Result, { moves, steps }: ExecutionReport) {
  const stuck = new Set(steps.filter(({ state }) => state === 'stuck').map(({ id }) => id))
  const replicas = moves
    .filter(({ outcome }) => outcome === 'stuck' || outcome === 'lost')
    .map(({ replica }) => replica)
  const nodes = plan.steps.flatMap((step) => (stuck.has(step.id) && 'node' in step ? [step.node] : []))
  return { replicas: new Set(replicas), nodes: new Set(nodes) }
}
