import { parseProblem } from '../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../models/contract/problem.js'
import type { Unchecked } from '../../models/contract/unchecked.js'
import { compileInstance } from '../../models/instance/compile.js'
import { describeTarget } from '../../models/instance/describe-target.js'
import type { Snapshot } from '../controller/snapshot.js'
import { type Driver, StepError } from '../execution/driver.js'
import type { ClusterEvent, Happening } from './cluster-event.js'
import { Dice } from './dice.js'
import { boughtNode, NodeBuyer } from './node-buyer.js'
import { copyKey, readCluster } from './read-cluster.js'
import { ReplicaScheduler } from './replica-scheduler.js'
import { SimulatedClock } from './simulated-clock.js'
import { SimulatedCluster } from './simulated-cluster.js'
import { SimulatedDriver } from './simulated-driver.js'

/** How a simulated cluster behaves. Everything may be left out: then nothing fails, and all takes the time that the Problem says. */
export interface SimulatedClusterOptions {
  /** The same seed, the same story: a whole number. Default 1. */
  readonly seed?: number
  /** The share of starts that fail; shifts, stops, drains and releases fail or hang a fifth as often. From 0 to 1. Default 0. */
  readonly failureRate?: number
  /** Starts, drains and purchases take so much more or less than the Problem says, as a share from 0 to 1. Default 0. */
  readonly jitter?: number
  /** Told of everything that happens in it. */
  readonly onEvent?: (event: ClusterEvent) => void
}

/** A cluster in memory that lives on from plan to plan, for controllers to be tried on. */
export interface LiveCluster {
  /** Virtual time: what is to pass in it runs in `clock.run`. */
  readonly clock: SimulatedClock
  readonly driver: Driver
  /** The cluster as it is now. */
  read(): Promise<Snapshot>
  /** So many replicas are wanted from now on: they are started where they fit best, or drained and stopped. */
  scale(deployment: string, replicas: number): void
  /** The node dies, with all that is on it; what it hosted is started elsewhere. */
  kill(node: string): void
  /** Nothing new may start on the node from now on, by the word of its owner. */
  close(node: string): void
}

/**
 * A simulated cluster that begins as a Problem says, with a way to read it and a driver to act on it. Replicas that are wanted and not
 * there are started by a scheduler of its own, where they fit; where they fit nowhere, it gets a node of the Problem's `nodeTypes`. Nobody but
 * a plan gives nodes back. Throws InputError for what is no Problem.
 */
export function simulatedCluster(
  problem: Unchecked<ProblemInput>,
  { seed = 1, failureRate = 0, jitter = 0, onEvent }: SimulatedClusterOptions = {}
): LiveCluster {
  const parsed = parseProblem(problem)
  const clock = new SimulatedClock()
  const births = new Map<string, number>()
  const tell = (happening: Happening) => {
    const now = clock.now()
    if (happening.kind === 'copy-started') births.set(copyKey(happening.replica, happening.node), now)
    onEvent?.({ ...happening, atSeconds: now / 1000 })
  }
  const cluster = new SimulatedCluster(parsed, [], assumedDevicesOf(parsed), tell)
  const driver = new SimulatedDriver(cluster, clock, new Dice(seed), { failureRate, jitter }, tell)
  const scheduler = new ReplicaScheduler(cluster, clock, new NodeBuyer(cluster, clock, parsed.nodeTypes, tell), tell)
  return {
    clock,
    driver: liveDriver(cluster, driver, parsed),
    read: async () => readCluster(parsed, cluster, scheduler, births),
    scale: (deployment, replicas) => scheduler.scale(deployment, replicas),
    kill: (node) => {
      cluster.kill(cluster.nodeThere(node))
      scheduler.wake()
    },
    close: (node) => {
      cluster.nodeThere(node).isClosed = true
      tell({ kind: 'node-cordoned', node })
    }
  }
}

/** The driver of a cluster that plans come to one after the other: each may get nodes, and moves what earlier ones have started. */
function liveDriver(cluster: SimulatedCluster, driver: SimulatedDriver, { nodeTypes }: Problem): Driver {
  const types = new Map(nodeTypes.map((type) => [type.type, type]))
  return {
    cordon: (step, call) => driver.cordon(step, call),
    uncordon: (step, call) => driver.uncordon(step, call),
    provision: async (step, call) => {
      const state = cluster.nodes.get(step.node)?.state
      // A node that was given back may be got again, under the same name.
      if (state !== 'absent' && state !== 'there') {
        const type = types.get(step.type ?? '')
        if (type === undefined) throw new StepError('refused', `there is no node type ${step.type ?? ''}`)
        cluster.addNode(boughtNode(step.node, type))
      }
      return driver.provision(step, call)
    },
    start: (step, call) => {
      const [host] = cluster.hostsOf(step.replica)
      const known = host === undefined ? undefined : cluster.copy(step.replica, cluster.node(host))?.deployment.id
      const deployment = step.deployment ?? known
      return driver.start(deployment === undefined ? step : { ...step, deployment }, call)
    },
    ready: (step, call) => driver.ready(step, call),
    shift: (step, call) => driver.shift(step, call),
    drain: (step, call) => driver.drain(step, call),
    stop: (step, call) => driver.stop(step, call),
    release: (step, call) => driver.release(step, call),
    observe: (step) => driver.observe(step)
  }
}

/** The devices of running copies for which the Problem names none: from the beginning they hold some. */
function assumedDevicesOf(problem: Problem) {
  const instance = compileInstance(problem)
  const copies = instance.copies.map(() => null)
  return describeTarget(instance, { copies, newcomers: [], headroom: [], unplaced: [] }).assumedDevices
}
