import type { ClusterNode } from '../../../models/checker/cluster.js'
import { isWait } from '../../../models/checker/starts.js'
import type { Step } from '../../../models/contract/plan.js'
import type { Fleet, FleetCopy } from './fleet.js'
import type { CountedCopy, Phase } from './node-load.js'

/** A copy in the course of a plan; what it holds depends on its phase. */
export interface LiveCopy extends Omit<FleetCopy, 'phase' | 'replica'> {
  readonly replica: string
  /** Its number among all copies: those there from the outset, then as they start. */
  readonly order: number
}

/** What the beginning or the end of a step does to the cluster. */
export type Change =
  /** A copy begins to take room, or goes on in another phase; null: it is gone. */
  | { readonly kind: 'copy'; readonly copy: LiveCopy; readonly to: Phase | null; readonly isNew: boolean }
  | { readonly kind: 'node'; readonly node: ClusterNode; readonly to: Partial<NodeStanding> }

/** What is done to a node as a whole. */
export interface NodeStanding {
  /** awaited: not ordered yet. ordered: paid for, and on its way. released: given back. */
  readonly presence: 'awaited' | 'ordered' | 'there' | 'released'
  readonly cordoned: boolean
}

/** What a step does when it begins and when it ends; steps that name what is not there do nothing. */
export interface StepChanges {
  readonly begin: readonly Change[]
  readonly end: readonly Change[]
}

export interface PlaybackPlan {
  readonly initial: ReadonlyMap<LiveCopy, Phase>
  readonly steps: readonly StepChanges[]
}

/** How a node stands before the first step. */
export function initialStanding(node: ClusterNode): NodeStanding {
  return { presence: node.boughtAs === undefined ? 'there' : 'awaited', cordoned: !node.acceptsReplicas }
}

/** Reads a plan in the order of its list: which copy each step is about, and what becomes of it. */
export function readChanges(fleet: Fleet): PlaybackPlan {
  const { cluster, result } = fleet
  const initial = new Map<LiveCopy, Phase>()
  /** By replica and node. */
  const alive = new Map<string, LiveCopy>()
  let order = 0
  // With the length of the first, no two pairs have the same key.
  const keyOf = (replica: string, node: string) => `${replica.length} ${replica}${node}`
  for (const { replica, deployment, node, devices, phase } of fleet.before) {
    if (replica === null) continue
    const copy = { replica, deployment, node, devices, order: order++ }
    initial.set(copy, phase)
    alive.set(keyOf(replica, node.id), copy)
  }
  const turn = (copy: LiveCopy | undefined, to: Phase | null): Change[] =>
    copy === undefined ? [] : [{ kind: 'copy', copy, to, isNew: false }]
  const stand = (id: string, to: Partial<NodeStanding>): Change[] => {
    const node = cluster.nodes.get(id)
    return node === undefined ? [] : [{ kind: 'node', node, to }]
  }
  const readStart = (step: Extract<Step, { action: 'start' }>): StepChanges => {
    const key = keyOf(step.replica, step.node)
    const there = alive.get(key)
    if (there !== undefined && isWait(cluster, step)) return { begin: [], end: turn(there, 'ready') }
    const deployment = fleet.deploymentOf(step.replica, step.deployment)
    const node = cluster.nodes.get(step.node)
    if (there !== undefined || deployment === undefined || node === undefined) return { begin: [], end: [] }
    const copy = { replica: step.replica, deployment, node, devices: step.devices, order: order++ }
    alive.set(key, copy)
    return { begin: [{ kind: 'copy', copy, to: 'starting', isNew: true }], end: turn(copy, 'ready') }
  }
  const changesOf = (step: Step): StepChanges => {
    switch (step.action) {
      case 'cordon':
        return { begin: [], end: stand(step.node, { cordoned: true }) }
      case 'uncordon':
        return { begin: [], end: stand(step.node, { cordoned: false }) }
      case 'provision':
        return { begin: stand(step.node, { presence: 'ordered' }), end: stand(step.node, { presence: 'there' }) }
      case 'release':
        return { begin: [], end: stand(step.node, { presence: 'released' }) }
      case 'shift':
        return { begin: [], end: [] }
      case 'start':
        return readStart(step)
      case 'drain':
        return { begin: turn(alive.get(keyOf(step.replica, step.node)), 'draining'), end: [] }
      case 'stop': {
        const key = keyOf(step.replica, step.node)
        const copy = alive.get(key)
        alive.delete(key)
        return { begin: [], end: turn(copy, null) }
      }
    }
  }
  return { initial, steps: result.plan.steps.map(changesOf) }
}

/** A copy as it counts on its node. */
export function countedCopy({ replica, deployment, devices }: LiveCopy, phase: Phase): CountedCopy {
  return { replica, deployment, devices, phase }
}
