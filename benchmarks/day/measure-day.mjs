/** A day by its seed, lived through once with every mover. */
import { makeFleet } from './fleet.mjs'
import { boundDay } from './least-cost.mjs'
import { listMachines } from './machines.mjs'
import { NOBODY } from './movers/movers.mjs'
import { runDay } from './run-day.mjs'
import { ServingWatcher } from './serving-watcher.mjs'
import { describeCluster } from './snapshot.mjs'
import { drawArrivals } from './traffic.mjs'

/** @import { ProblemInput } from 'replica-compactor' */
/** @import { MoverKind } from './movers/movers.mjs' */
/** @import { DayOutcome, Mover } from './run-day.mjs' */
/** @import { ServingCluster } from './serving-cluster.mjs' */

/** faults: limits that were broken at some moment. gaps: how often a replica took no requests any more, by a move. @typedef {DayOutcome & { mover: string, faults: readonly string[], gaps: number }} DayRun */
/** leastDollars: the proven bound; null: not computed. @typedef {{ seed: number, deployments: number, leastDollars: number | null, runs: DayRun[] }} MeasuredDay */

/** Moments at which the bound is computed, in seconds apart. */
const BOUND_SECONDS = 7200

/** @type {(seed: number, hours: number, kinds: readonly MoverKind[], options: { bounds: boolean, tell: (text: string) => void }) => Promise<MeasuredDay>} */
export async function measureDay(seed, hours, kinds, { bounds, tell }) {
  const services = makeFleet(seed)
  const seconds = hours * 3600
  const day = { services, machines: listMachines(), arrivals: drawArrivals(services, seconds, seed), seconds, seed }
  /** @type {ProblemInput[]} */
  const moments = []
  /** @type {DayRun[]} */
  const runs = []
  for (const { name, make } of kinds) {
    const watcher = new ServingWatcher()
    const listen = watcher.watch.bind(watcher)
    /** @param {ServingCluster} cluster @returns {Mover} */
    const makeMover = (cluster) => {
      if (name !== NOBODY) return make(cluster, seed)
      return {
        tick: (second) => {
          if (second % BOUND_SECONDS === BOUND_SECONDS / 2) moments.push(describeCluster(cluster))
        }
      }
    }
    const outcome = await runDay(day, makeMover, listen)
    const { faults, gaps } = watcher
    runs.push({ ...outcome, mover: name, faults, gaps })
    for (const fault of faults) tell(`seed ${seed}, ${name}: ${fault}`)
    tell(`seed ${seed}, ${name}: $${outcome.dollars.toFixed(0)}, ${outcome.moves} moves`)
  }
  const leastDollars = bounds ? await boundDay(moments, BOUND_SECONDS) : null
  return { seed, deployments: services.length, leastDollars, runs }
}
