import { parseProblem } from '../../models/contract/parse.js'
import type { Step } from '../../models/contract/plan.js'
import type { ProblemInput } from '../../models/contract/problem.js'
import type { Driver, StepOf } from '../../src/execution/driver.js'
import type { ClusterEvent, Happening } from '../../src/simulation/cluster-event.js'
import { Dice } from '../../src/simulation/dice.js'
import { InvariantWatcher } from '../../src/simulation/invariant-watcher.js'
import { planMishaps } from '../../src/simulation/mishaps.js'
import { SimulatedClock } from '../../src/simulation/simulated-clock.js'
import { SimulatedCluster } from '../../src/simulation/simulated-cluster.js'
import { SimulatedDriver } from '../../src/simulation/simulated-driver.js'

const newNodes = [{ id: 'new-1', type: 't' }]

/** A simulated cluster with its watcher, to be asked by hand. */
export function simulatedCluster(
  input: Partial<ProblemInput>,
  { seed = 1, failureRate = 0, jitter = 0, nodeDeathRate = 0, driftRate = 0 } = {}
) {
  const problem = parseProblem({
    schemaVersion: 1,
    nodes: ['n1', 'n2', 'n3'].map((id) => ({ id, capacity: { cpu: 4, gpu: 1 }, costPerHour: 1, labels: { zone: id } })),
    nodeTypes: [{ type: 't', capacity: { cpu: 4, gpu: 1 }, costPerHour: 1, maxNew: 1, provisionSeconds: 100 }],
    deployments: [{ id: 'a', demand: { cpu: 1 }, startupSeconds: 60, drainSeconds: 30 }],
    replicas: [{ id: 'a-0', deployment: 'a', node: 'n1' }],
    ...input
  })
  const clock = new SimulatedClock()
  const events: ClusterEvent[] = []
  const watcher = new InvariantWatcher(problem, newNodes, [], problem.migration.limits)
  const tell = (happening: Happening) => {
    const event = { ...happening, atSeconds: clock.now() / 1000 }
    events.push(event)
    watcher.watch(event)
  }
  const cluster = new SimulatedCluster(problem, newNodes, [], tell)
  const dice = new Dice(seed)
  const driver = new SimulatedDriver(cluster, clock, dice, { failureRate, jitter }, tell)
  planMishaps(cluster, clock, dice, { nodeDeathRate, driftRate }, 1_000_000, tell)
  return { problem, clock, events, watcher, cluster, driver }
}

type Words = readonly [verb: keyof Driver, replica: string, node: string, to?: string]

let calls = 0

/** Asks a driver by few words: `['start', 'a-0', 'n2']`, `['shift', 'a-0', 'n1', 'n2']`, `['cordon', '', 'n1']`. */
export function ask(
  driver: Driver,
  [verb, replica, node, to]: Words,
  call: { id?: string; signal?: AbortSignal } = {}
) {
  const step = {
    id: `${verb}:${replica}@${node}`,
    action: verb === 'ready' ? 'start' : verb,
    after: [],
    startSeconds: 0,
    endSeconds: 0,
    ...(replica === '' ? {} : { replica }),
    ...(to === undefined ? { node } : { from: node, to }),
    ...(replica.includes('-new-') ? { deployment: replica.split('-')[0] } : {})
  } as unknown as Step
  const { id = `call-${calls++}`, signal = new AbortController().signal } = call
  const act = driver[verb] as (step: StepOf<'start'>, call: object) => Promise<void>
  return act.call(driver, step as StepOf<'start'>, { id, attempt: 1, signal })
}

/** Asks one thing after the other, and gives the codes of what was violated. */
export async function violationsOf(input: Partial<ProblemInput>, ...script: readonly Words[]): Promise<string[]> {
  const { clock, driver, watcher } = simulatedCluster(input)
  await clock.run(async () => {
    for (const words of script) await ask(driver, words)
  })
  return watcher.violations.map(({ code }) => code)
}
