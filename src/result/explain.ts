import { stayIsLegal } from '../../models/checker/broken-rules.js'
import { formatPath } from '../../models/contract/describe-input.js'
import { noteUnknownLabels } from '../../models/contract/known-names.js'
import type { Explanation, HeldReplica, NodeReason } from '../../models/contract/result.js'
import { groupBy } from '../../models/grouping.js'
import { hostsOf } from '../../models/instance/describe-target.js'
import type { Instance, InstanceCopy, InstanceNode } from '../../models/instance/instance.js'
import { type Answer, passesGate } from '../answers.js'
import type { GivenUp } from '../migration/cut.js'
import type { Sequence } from '../migration/sequence.js'
import { stateOf } from '../plan-migration.js'
import type { Incumbents } from '../search/incumbents.js'
import { accountMoves } from '../search/move-account.js'
import { explainMoves } from './move-reasons.js'
import { MOST_LIMITS, ObstacleFinder } from './obstacles.js'
import { hintsForBlocked } from './unblock-hints.js'

/** What is known of an answer beside the placement itself. */
interface Said extends Pick<Answer, 'notes' | 'isGated'> {
  /** Moves that are not made, to this placement or to a better one; what that costs per hour. */
  readonly givenUp: readonly GivenUp[]
  readonly costGivenUp: number
}

/** Reason codes, cheaply: why each node that stays was not released, what each move is for, and which replicas were held. */
export function explain(
  { instance }: Pick<Incumbents, 'instance'>,
  sequence: Sequence,
  isOptimal: boolean,
  { notes, isGated, givenUp, costGivenUp }: Said
): Explanation {
  const { problem, budget } = instance
  const hosts = hostsOf(sequence.target)
  const blocked = groupBy(sequence.cut.moves, ({ from }) => from)
  const state = stateOf(instance, sequence.target)
  const account = accountMoves(instance, state.stays)
  const finder = new ObstacleFinder(state, sequence.target)
  const staying = (node: InstanceNode) =>
    node.copies
      .map((copy) => instance.copies[copy] as InstanceCopy)
      .filter((copy) => {
        return copy.state !== 'draining' && sequence.target.copies[copy.index]?.node === node.index
      })
  /** The limit of the budget that the moves off a node would exceed; undefined when there is none. */
  const exceededBudget = (node: InstanceNode): string | undefined => {
    const moves = staying(node)
    const moveCost = moves.reduce((sum, copy) => sum + copy.moveCost, account.moveCost)
    if (account.migrations + moves.length > budget.migrations) return 'maxMigrations'
    if (moveCost > budget.moveCost + 1e-9) return 'maxMoveCost'
    const isBeyond = [...groupBy(moves, ({ deployment }) => deployment)].some(
      ([deployment, own]) => state.migrationsOf(deployment) + own.length > budget.perDeployment
    )
    return isBeyond ? 'maxMigrationsPerDeployment' : undefined
  }
  const loads = loadOf(instance, sequence)
  // In sum, where a node is paid for anyway or is cheaper: where there is none, the budget is not what binds.
  const hasRoomElsewhere = (node: InstanceNode) => {
    const others = instance.nodes.filter(
      ({ index, open, costPerHour }) =>
        index !== node.index && (state.isActive(index) || (open && costPerHour < node.costPerHour))
    )
    return loads.every((load, resource) => {
      const room = others.reduce((sum, { capacity }) => sum + (capacity[resource] as number), 0)
      return load <= room + 1e-9
    })
  }
  const paysNothing = (node: InstanceNode) => {
    const { horizonHours, moveCostPrice } = problem.objective
    if (horizonHours === null) return false
    const moveCost = staying(node).reduce((sum, copy) => sum + copy.moveCost, 0)
    return node.costPerHour * horizonHours <= moveCost * moveCostPrice
  }
  const paid = instance.nodes.reduce(
    (sum, { index, costPerHour }) => sum + (state.isActive(index) ? costPerHour : 0),
    0
  )
  /** Whether the gate forbids all that is done and the moves off this node, too. */
  const wouldBeGated = (node: InstanceNode) => {
    if (!stayIsLegal(problem)) return false
    const moves = staying(node)
    return !passesGate(instance, {
      migrations: account.migrations + moves.length,
      moveCost: moves.reduce((sum, copy) => sum + copy.moveCost, account.moveCost),
      costPerHour: paid - node.costPerHour
    })
  }
  const gateKeys = [
    ...(problem.gate.minSavingPerMove > 0 ? ['minSavingPerMove'] : []),
    ...(problem.gate.paybackHours === null ? [] : ['paybackHours'])
  ].map((key) => formatPath(['gate', key]))
  const reasonOf = (node: InstanceNode): Omit<NodeReason, 'node'> => {
    if (problem.nodes[node.index]?.releasable === false)
      return { code: 'not-releasable', limits: [formatPath(['nodes', node.index, 'releasable'])] }
    for (const [hold, code] of [
      ['pinned', 'hosts-pinned'],
      ['gang', 'hosts-gang'],
      ['starting', 'hosts-in-flight']
    ] as const) {
      const replicas = staying(node).filter((copy) => copy.hold === hold)
      if (replicas.length > 0) return { code, replicas: replicas.map(({ id }) => id) }
    }
    const rooms = sequence.target.headroom.filter((room) => room.node === node.index)
    if (rooms.length > 0 && staying(node).length === 0)
      return { code: 'headroom', limits: headroomPaths(instance, rooms) }
    const stuck = blocked.get(node.index)
    if (stuck !== undefined) {
      const limits = [...new Set(stuck.flatMap(({ limits }) => limits))].slice(0, MOST_LIMITS)
      const replicas = stuck.map(({ replica }) => replica)
      return { code: 'migration-blocked', replicas, ...(limits.length > 0 && { limits }) }
    }
    if (isGated) return { code: 'gate', limits: gateKeys }
    const exceeded = exceededBudget(node)
    if (exceeded !== undefined && hasRoomElsewhere(node))
      return { code: 'budget-exhausted', limits: [formatPath(['budget', exceeded])] }
    if (node.costPerHour === 0) return { code: 'saves-nothing' }
    const { isMovable, ...obstacles } = finder.find(node.index) ?? {}
    if (isMovable === true) {
      if (exceeded !== undefined) return { code: 'budget-exhausted', limits: [formatPath(['budget', exceeded])] }
      if (paysNothing(node)) return { code: 'saves-nothing' }
      return wouldBeGated(node) ? { code: 'gate', limits: gateKeys } : { code: 'not-proven' }
    }
    return { code: isOptimal ? 'no-room-elsewhere' : 'not-proven', ...obstacles }
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
  const moves = explainMoves(instance, sequence.target)
  return {
    nodes,
    ...(moves.length === 0 ? {} : { moves }),
    ...(held.length === 0 ? {} : { held }),
    ...(lost.length === 0 ? {} : { givenUp: { costPerHour: costGivenUp, moves: lost } }),
    ...(said.length === 0 ? {} : { notes: said })
  }
}

/** The entries of the Problem that ask for room. */
function headroomPaths({ problem, deployments }: Instance, rooms: Sequence['target']['headroom']): string[] {
  const kept = new Set(rooms.map(({ deployment }) => deployments[deployment]?.id))
  return problem.headroom.flatMap(({ deployment, replicas }, index) =>
    replicas > 0 && kept.has(deployment) ? [formatPath(['headroom', index])] : []
  )
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
