import type { ProblemInput } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import { compact } from '../../src/compact.js'
import type { Controller, ControllerParts } from '../../src/controller/controller.js'
import { createController } from '../../src/controller/create-controller.js'
import type { ControllerEvent } from '../../src/controller/events.js'
import type { PolicyInput } from '../../src/controller/policy.js'
import { type LiveCluster, type SimulatedClusterOptions, simulatedCluster } from '../../src/simulation/live-cluster.js'

/** Four nodes of four cores, half of them needed: six replicas of `web` and two of `api`, one core each. */
export function smallFleet(changes: Partial<ProblemInput> = {}): ProblemInput {
  const homes = ['n1', 'n1', 'n2', 'n2', 'n3', 'n4']
  return {
    schemaVersion: 1,
    nodes: ['n1', 'n2', 'n3', 'n4'].map((id) => ({ id, capacity: { cpu: 4 }, costPerHour: 1 })),
    deployments: [
      { id: 'web', demand: { cpu: 1 }, startupSeconds: 60, drainSeconds: 30 },
      { id: 'api', demand: { cpu: 1 }, startupSeconds: 20, drainSeconds: 10 }
    ],
    replicas: [
      ...homes.map((node, index) => ({ id: `web-${index}`, deployment: 'web', node })),
      { id: 'api-0', deployment: 'api', node: 'n1' },
      { id: 'api-1', deployment: 'api', node: 'n2' }
    ],
    ...changes
  }
}

/** A controller on a simulated cluster, with what it told. */
export interface Trial {
  readonly cluster: LiveCluster
  readonly controller: Controller
  readonly events: readonly ControllerEvent[]
  /** What was told, of these kinds, by kind and then reason or message. */
  told(...kinds: ControllerEvent['kind'][]): ControllerEvent[]
  /** Runs the controller for so many seconds of virtual time. */
  runFor(seconds: number): Promise<void>
}

export interface TrialOptions {
  readonly problem?: ProblemInput
  readonly policy?: PolicyInput
  readonly parts?: Partial<ControllerParts>
  readonly weather?: SimulatedClusterOptions
  readonly cluster?: LiveCluster
}

const answers = new Map<string, Result>()

/** Plans quickly, in the same way every time, and the same question once only. */
export function greedily({ clock }: Pick<LiveCluster, 'clock'>): NonNullable<ControllerParts['compact']> {
  return async (problem, { signal, start, ...options }) => {
    const key = JSON.stringify([problem, start, options])
    const known = answers.get(key)
    if (known !== undefined) return known
    const asked = { ...options, solver: 'greedy', ...(start === undefined ? {} : { start }) } as const
    const answer = await clock.outside(compact(problem, signal === undefined ? asked : { ...asked, signal }))
    answers.set(key, answer)
    return answer
  }
}

export function tryController({ problem, policy, parts, weather, cluster: given }: TrialOptions = {}): Trial {
  const cluster = given ?? simulatedCluster(problem ?? smallFleet(), weather)
  const events: ControllerEvent[] = []
  const controller = createController({
    read: cluster.read,
    driver: cluster.driver,
    clock: cluster.clock,
    compact: greedily(cluster),
    policy: { mode: 'execute', stabilitySeconds: 120, ...policy },
    onEvent: (event) => {
      events.push(event)
    },
    ...parts
  })
  return {
    cluster,
    controller,
    events,
    told: (...kinds) => events.filter(({ kind }) => kinds.includes(kind)),
    runFor: (seconds) =>
      cluster.clock.run(async () => {
        const end = new AbortController()
        cluster.clock.after(seconds * 1000, () => end.abort())
        await controller.run(end.signal)
      })
  }
}

/** Which nodes there are, what they host by deployment, and everything that is not at rest. */
export async function describeCluster({ read }: LiveCluster): Promise<{
  readonly hosts: Readonly<Record<string, readonly string[]>>
  readonly unrest: readonly string[]
}> {
  const { problem, ownCordons = [] } = await read()
  const hosts = Object.fromEntries(
    problem.nodes.map(({ id }) => [
      id,
      problem.replicas.flatMap(({ deployment, node }) => (node === id ? [deployment] : [])).sort()
    ])
  )
  const restless = problem.replicas.filter(({ node, state }) => node === null || state !== 'running')
  const counts = problem.deployments.flatMap(({ id, replicas: desired }) => {
    const live = problem.replicas.filter(({ deployment, state }) => deployment === id && state !== 'draining').length
    return live === desired ? [] : [`${id}: ${live} of ${desired}`]
  })
  const unrest = [
    ...restless.map(({ id, node, state }) => `${id} is ${state ?? 'pending'} on ${node}`),
    ...ownCordons.map((node) => `${node} is closed`),
    ...counts
  ]
  return { hosts, unrest }
}
