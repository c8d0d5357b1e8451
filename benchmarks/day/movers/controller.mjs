/** This package's controller on the simulated serving cluster, with its own planner, executor and gate. */
import { compact } from 'replica-compactor'
import { createController } from 'replica-compactor/controller'
import { describeCluster } from '../snapshot.mjs'
import { ServingDriver } from './serving-driver.mjs'

/** @import { CompactOptions, Problem } from 'replica-compactor' */
/** @import { ControllerEvent, PolicyInput } from 'replica-compactor/controller' */
/** @import { ServingCluster } from '../serving-cluster.mjs' */

/** Units of work for a plan, so that the same day has the same plans; in virtual time a plan takes so long, whatever it really takes. */
const WORK_LIMIT = 200
const PLANNING_MS = 10_000

/**
 * In a cluster where some deployment always scales: those that are at rest are planned, with plans that are over before much has changed.
 * All else is the controller's default.
 *
 * @type {PolicyInput}
 */
const daytimePolicy = {
  mode: 'execute',
  stabilityScope: 'deployment',
  stabilitySeconds: 120,
  intervalSeconds: 300,
  maxMigrationsPerRound: 12,
  timeLimitMs: 2 * PLANNING_MS
}

export class ControllerMover {
  #controller
  /** @type {Record<string, number>} */
  #counts = {}

  /** @param {ServingCluster} cluster @param {number} seed @param {{ policy?: PolicyInput, planning?: CompactOptions, onEvent?: (event: ControllerEvent) => void }} [options] */
  constructor(cluster, seed, { policy = daytimePolicy, planning = {}, onEvent = () => {} } = {}) {
    const { clock } = cluster
    this.#controller = createController({
      read: async () => readCluster(cluster),
      driver: (_, result) => new ServingDriver(cluster, result),
      policy,
      clock,
      compact: (problem, options) => plan(problem, options),
      onEvent: (event) => {
        this.#count(event)
        onEvent(event)
      }
    })
    /** @type {(problem: Problem, options: CompactOptions) => Promise<Awaited<ReturnType<typeof compact>>>} */
    async function plan(problem, { timeLimitMs: _, ...options }) {
      const result = await clock.outside(
        compact(problem, { ...options, seed, workLimit: WORK_LIMIT, threads: 1, ...planning })
      )
      await clock.sleep(PLANNING_MS, options.signal)
      return result
    }
  }

  /** @param {AbortSignal} signal */
  run(signal) {
    return this.#controller.run(signal)
  }

  report() {
    return { ...this.#counts }
  }

  /** @param {ControllerEvent} event */
  #count(event) {
    const name = nameOf(event)
    if (name !== null) this.#counts[name] = (this.#counts[name] ?? 0) + 1
  }
}

/** What is counted of what a controller tells. @type {(event: ControllerEvent) => string | null} */
function nameOf(event) {
  if (event.kind === 'round') return `round ${event.report.outcome}`
  if (event.kind === 'executed') return `executed ${event.report.outcome}`
  if (event.kind === 'failed') return `failed ${event.part}`
  return event.kind === 'planned' || event.kind === 'drifted' || event.kind === 'backing-off' ? event.kind : null
}

/** @param {ServingCluster} cluster */
function readCluster(cluster) {
  const ownCordons = [...cluster.nodes.values()].filter(({ isClosed }) => isClosed).map(({ id }) => id)
  /** @type {Map<string, number>} */
  const startedAt = new Map()
  for (const { id, copies } of cluster.replicas.values()) {
    for (const copy of copies) startedAt.set(id, Math.max(copy.startedAt, startedAt.get(id) ?? 0))
  }
  return { problem: describeCluster(cluster), startedAt, ownCordons }
}
