import type { Problem, ProblemInput } from '../../models/contract/problem.js'
import { groupBy } from '../../models/grouping.js'
import type { Snapshot } from '../controller/snapshot.js'
import type { ReplicaScheduler } from './replica-scheduler.js'
import type { SimulatedCluster } from './simulated-cluster.js'
import type { SimulatedCopy } from './simulated-node.js'

type ReplicaInput = ProblemInput['replicas'][number]

/** A simulated cluster as it is now. `births`: when copies were started, by `copyKey`, in milliseconds. */
export function readCluster(
  problem: Problem,
  cluster: SimulatedCluster,
  scheduler: ReplicaScheduler,
  births: ReadonlyMap<string, number>
): Snapshot {
  const there = [...cluster.nodes.values()].filter(({ state }) => state === 'there')
  const listed = new Map(problem.nodes.map((node) => [node.id, node]))
  const bought = there.flatMap(({ listed: { boughtAs } }) => (boughtAs === undefined ? [] : [boughtAs.type]))
  const copies = there.flatMap((node) => [...node.copies])
  nameApart(copies, births)
  const original = new Map(problem.replicas.map((replica) => [replica.id, replica]))
  const startedAt = new Map<string, number>()
  const replicas = copies.map((copy): ReplicaInput => {
    const { replica, deployment, node, devices, state, formerly } = copy
    const born = birthOf(copy, births)
    if (born !== undefined) startedAt.set(replica, born)
    const { movable, moveCost, gang } = original.get(formerly ?? replica) ?? {}
    const isReplacement = formerly !== undefined && state === 'starting'
    return {
      id: replica,
      deployment: deployment.id,
      node: node.listed.id,
      state: STATES[state],
      ...(devices === undefined ? {} : { devices }),
      ...(movable === undefined ? {} : { movable }),
      ...(moveCost === undefined ? {} : { moveCost }),
      ...(gang === undefined ? {} : { gang }),
      ...(isReplacement && copies.some(({ replica: other }) => other === formerly) ? { replaces: formerly } : {})
    }
  })
  return {
    problem: {
      ...problem,
      nodes: there.map(({ listed: node, isClosed, isCordoned }) => {
        const acceptsReplicas = !isClosed && !isCordoned
        const own = listed.get(node.id)
        if (own !== undefined) return { ...own, acceptsReplicas }
        const { capacity, labels, costPerHour, boughtAs } = node
        return {
          id: node.id,
          ...(boughtAs === undefined ? {} : { type: boughtAs.type }),
          capacity: Object.fromEntries(capacity),
          labels: Object.fromEntries(labels),
          costPerHour,
          acceptsReplicas
        }
      }),
      nodeTypes: problem.nodeTypes.map((type) => {
        const had = bought.filter((name) => name === type.type).length
        return { ...type, maxNew: Math.max(0, type.maxNew - had) }
      }),
      deployments: problem.deployments.map((deployment) => ({
        ...deployment,
        replicas: scheduler.desired(deployment.id)
      })),
      replicas: [...replicas, ...scheduler.pending()]
    },
    startedAt,
    ownCordons: there.filter(({ isCordoned }) => isCordoned).map(({ listed: { id } }) => id)
  }
}

const STATES: Readonly<Record<SimulatedCopy['state'], NonNullable<ReplicaInput['state']>>> = {
  starting: 'starting',
  failed: 'starting',
  ready: 'running',
  draining: 'draining',
  drained: 'draining'
}

/** Of several copies of one replica the first that does not drain keeps the name; the others are called after it, such as `web-0~2`. */
function nameApart(copies: readonly SimulatedCopy[], births: ReadonlyMap<string, number>): void {
  const groups = groupBy(copies, ({ replica }) => replica)
  const taken = new Set(groups.keys())
  for (const [replica, group] of groups) {
    if (group.length < 2) continue
    const byAge = [...group].sort((left, right) => (birthOf(left, births) ?? 0) - (birthOf(right, births) ?? 0))
    const heir =
      byAge.find(({ state }) => state === 'ready') ?? byAge.find(({ state }) => state === 'starting') ?? byAge[0]
    for (const copy of byAge) {
      if (copy === heir) continue
      let number = 2
      while (taken.has(`${replica}~${number}`)) number++
      copy.formerly ??= replica
      copy.replica = `${replica}~${number}`
      taken.add(copy.replica)
    }
  }
}

function birthOf({ replica, formerly, node }: SimulatedCopy, births: ReadonlyMap<string, number>): number | undefined {
  return births.get(copyKey(replica, node.listed.id)) ?? births.get(copyKey(formerly ?? replica, node.listed.id))
}

/** Names a copy. */
export function copyKey(replica: string, node: string): string {
  return JSON.stringify([replica, node])
}
