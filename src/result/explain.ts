import { noteUnknownLabels } from '../../models/contract/known-names.js'
import type { Explanation, HeldReplica, NodeReason } from '../../models/contract/result.js'
import { hostsOf } from '../../models/instance/describe-target.js'
import type { Instance, InstanceCopy, InstanceNode } from '../../models/instance/instance.js'
import type { Answer } from '../answers.js'
import type { GivenUp } from '../migration/cut.js'
import type { Sequence } from '../migration/sequence.js'
import type { Incumbents } from '../search/incumbents.js'
import { hintsForBlocked } from './unblock-hints.js'

/** What is known of an answer beside the placement itself. */
interface Said extends Pick<Answer, 'notes' | 'isGated'> {
  /** Moves that are not made, to this placement or to a better one; what that costs per hour. */
  readonly givenUp: readonly GivenUp[]
  readonly costGivenUp: number
}

/** Reason codes, cheaply: why each node that stays was not released, and which replicas were held. */
export function explain(
  { instance, best }: Incumbents,
  sequence: Sequence,
  isOptimal: boolean,
  { notes, isGated, givenUp, costGivenUp }: Said
): Explanation {
  const hosts = hostsOf(sequence.target)
  const blocked = new Set(sequence.cut.moves.map(({ from }) => from))
  const staying = (node: InstanceNode) =>
    node.copies
      .map((copy) => instance.copies[copy] as InstanceCopy)
      .filter((copy) => {
        return copy.state !== 'draining' && sequence.target.copies[copy.index]?.node === node.index
      })
  const { budget } = instance
  const isBeyondBudget = (node: InstanceNode) => {
    if (best === null) return false
    const moves = staying(node)
    const moveCost = moves.reduce((sum, copy) => sum + copy.moveCost, best.worth.moveCost)
    return best.worth.migrations + moves.length > budget.migrations || moveCost > budget.moveCost + 1e-9
  }
  const loads = loadOf(instance, sequence)
  // In sum, where something stays anyway or a node is cheaper: where there is none, the budget is not what binds.
  const hasRoomElsewhere = (node: InstanceNode) => {
    const others = instance.nodes.filter(
      ({ index, open, costPerHour }) =>
        index !== node.index && (hosts.has(index) || (open && costPerHour < node.costPerHour))
    )
    return loads.every((load, resource) => {
      const room = others.reduce((sum, { capacity }) => sum + (capacity[resource] as number), 0)
      return load <= room + 1e-9
    })
  }
  const reasonOf = (node: InstanceNode): Pick<NodeReason, 'code' | 'replicas'> => {
    if (instance.problem.nodes[node.index]?.releasable === false) return { code: 'not-releasable' }
    for (const [hold, code] of [
      ['pinned', 'hosts-pinned'],
      ['gang', 'hosts-gang'],
      ['starting', 'hosts-in-flight']
    ] as const) {
      const replicas = staying(node).filter((copy) => copy.hold === hold)
      if (replicas.length > 0) return { code, replicas: replicas.map(({ id }) => id) }
    }
    if (sequence.target.headroom.some((room) => room.node === node.index) && staying(node).length === 0)
      return { code: 'headroom' }
    if (blocked.has(node.index)) {
      const replicas = sequence.cut.moves.filter(({ from }) => from === node.index).map(({ replica }) => replica)
      return { code: 'migration-blocked', replicas }
    }
    if (isGated) return { code: 'gate' }
    if (isBeyondBudget(node) && hasRoomElsewhere(node)) return { code: 'budget-exhausted' }
    if (node.costPerHour === 0) return { code: 'saves-nothing' }
    return { code: isOptimal ? 'no-room-elsewhere' : 'not-proven' }
  }
  const nodes = instance.nodes
    .filter(({ index, purchase, releasable }) => purchase < 0 && (hosts.has(index) || !releasable))
    .map((node): NodeReason => ({ node: node.id, ...reasonOf(node) }))
  const held: HeldReplica[] = instance.copies
    .filter(({ hold, state }) => (hold === 'gang' || hold === 'starting') && state !== 'draining')
    .map(({ id, hold }) => ({ replica: id, code: hold === 'gang' ? 'gang' : 'starting' }))
  for (const { replica, reason } of sequence.cut.moves)
    if (reason === 'blocked') held.push({ replica, code: 'migration-blocked' })
  const lost = givenUp.map(({ replica, reason, limits }) => ({ replica, reason, limits: [...limits] }))
  const said = [...notes, ...hintsForBlocked(instance, sequence), ...noteUnknownLabels(instance.problem)]
  return {
    nodes,
    ...(held.length === 0 ? {} : { held }),
    ...(lost.length === 0 ? {} : { givenUp: { costPerHour: costGivenUp, moves: lost } }),
    ...(said.length === 0 ? {} : { notes: said })
  }
}

/** What everything in the end takes, by resource. */
function loadOf({ copies, deployments, resources }: Instance, { target }: Sequence): number[] {
  const present = [
    ...copies.filter(({ index }) => (target.copies[index] ?? null) !== null),
    ...target.newcomers,
    ...target.headroom
  ]
  return resources.map((_, resource) =>
    present.reduce((sum, { deployment }) => sum + (deployments[deployment]?.demand[resource] ?? 0), 0)
  )
}
