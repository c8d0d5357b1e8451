import type { Plan, Step } from '../../../models/contract/plan.js'
import type { RayCluster } from '../dashboard/ray-cluster.js'
import { byDecreasingSize, chooseNode } from '../dashboard/serve-placement.js'

/** A node that is drained, and where each of its replicas goes, by their ids in the Problem. */
export interface PlannedDrain {
  readonly node: string
  readonly moves: readonly (readonly [replica: string, to: string])[]
}

/** What Serve will do when a node drains, by its own rule. */
export function predictDrain(cluster: RayCluster, ip: string): PlannedDrain {
  const node = cluster.node(ip)
  const leaving = cluster.replicas.filter((replica) => replica.node === node)
  const replicas = [...cluster.replicas]
  const moves = byDecreasingSize(leaving).map((replica) => {
    const nodes = cluster.nodes.filter((each) => each !== node)
    const to = chooseNode(replica, nodes, replicas)
    if (to === null) throw new Error(`there is no room for ${replica.id}`)
    replicas.push({ ...replica, node: null, aim: to })
    const { app, name } = replica.deployment
    return [`${app}#${name}#${replica.id}`, to.ip] as const
  })
  return { node: ip, moves }
}

const START_SECONDS = 20
const DRAIN_SECONDS = 5

/** The plan of drains, one node after the other, as the planner writes it. */
export function planDrains(drains: readonly PlannedDrain[]): Plan {
  const steps: Step[] = []
  let before: string[] = []
  let now = 0
  for (const { node, moves } of drains) {
    const cordon = `cordon-${node}`
    steps.push({ id: cordon, action: 'cordon', node, after: before, startSeconds: now, endSeconds: now })
    const started = now + START_SECONDS
    const gone = started + DRAIN_SECONDS
    for (const [replica, to] of moves) {
      const id = (action: string) => `${action}-${replica}-${node}`
      steps.push(
        {
          id: id('start'),
          action: 'start',
          replica,
          node: to,
          after: [cordon],
          startSeconds: now,
          endSeconds: started
        },
        {
          id: id('shift'),
          action: 'shift',
          replica,
          from: node,
          to,
          after: [id('start')],
          startSeconds: started,
          endSeconds: started
        },
        {
          id: id('drain'),
          action: 'drain',
          replica,
          node,
          after: [id('shift')],
          startSeconds: started,
          endSeconds: gone
        },
        { id: id('stop'), action: 'stop', replica, node, after: [id('drain')], startSeconds: gone, endSeconds: gone }
      )
    }
    const stops = steps.flatMap((step) => (step.action === 'stop' && step.node === node ? [step.id] : []))
    const release = `release-${node}`
    steps.push({
      id: release,
      action: 'release',
      node,
      after: [cordon, ...stops],
      startSeconds: gone,
      endSeconds: gone
    })
    before = [release]
    now = gone
  }
  return { status: 'complete', steps, makespanSeconds: now, id: 'plan' }
}
