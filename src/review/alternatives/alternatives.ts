import { describeValue } from '../../../models/contract/describe-input.js'
import { InputError, parseProblem } from '../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { DeviceIndices } from '../../../models/contract/quantities.js'
import type { Result } from '../../../models/contract/result.js'
import type { Unchecked } from '../../../models/contract/unchecked.js'
import { compileInstance } from '../../../models/instance/compile.js'
import type { Instance, InstanceNode } from '../../../models/instance/instance.js'
import { isSignal } from '../../options.js'
import { adoptPlacement } from '../../result/adopt-placement.js'
import { readPlaced } from '../../result/read-result.js'
import { startStopwatch } from '../../stopwatch.js'
import { breathe } from '../../turns.js'
import { type AnswerHead, headOf } from '../answer-head.js'
import { type PlannedReplica, plannedReplicas, plannedTarget } from '../planned-moves.js'
import { refuseRestricted } from '../refuse-restricted.js'
import { type PlaceLimit, tell } from './limits-at.js'
import { type AlternativesOptions, resolveAlternativesOptions } from './options.js'
import { nameOf, type Reach, rankNodes, tryToReach } from './rank-nodes.js'
import { Trial } from './trial.js'

/** A node on which a replica could be in the end, and what that would mean. */
export interface PossibleNode extends Reach {
  readonly node: string
  /** Type of a node that would be bought. */
  readonly type?: string
  readonly isPlanned: boolean
  readonly isHome: boolean
  /** Of the end state with the replica there and all others as planned, and how that differs from the plan. */
  readonly costPerHour: number
  readonly costDifference: number
  /** Migrations of that end state, and beyond those of the plan. */
  readonly migrations: number
  readonly moreMigrations: number
  /** Devices that it would take there. */
  readonly devices?: DeviceIndices
}

/** A node on which a replica cannot be while all others are as planned, and which limits forbid it. */
export interface ForbiddenNode {
  readonly node: string
  readonly type?: string
  readonly isHome: boolean
  readonly limits: readonly PlaceLimit[]
}

/** Every node on which one replica could be in the end, ranked. */
export interface Alternatives extends AnswerHead<'alternatives'> {
  readonly replica: string
  readonly deployment: string
  /** Where it runs now; null: nowhere. */
  readonly now: string | null
  readonly planned: string | null
  /** Cheapest first, then those with the fewest migrations; the planned node and the one where it runs are always among them. */
  readonly possible: readonly PossibleNode[]
  /** Those nearest to being possible first: with the fewest limits in the way, then with those exceeded least for what they are. */
  readonly forbidden: readonly ForbiddenNode[]
  /** All of them, those included that are left off. Of nodes to buy one of each type counts. */
  readonly counts: { readonly possible: number; readonly forbidden: number }
}

/**
 * Where else one replica could be in the end, all others as planned: what each node would cost, how many migrations more, whether it can be
 * reached safely (the first few are tried), or which limits forbid it and by how much.
 *
 * Throws InputError for what is no Problem, no Result of it with a placement that it allows, or no replica that has a place or wants one, and for a
 * Result that is restricted to what can be executed (`solve.executableOn`); the signal's reason on an abort.
 */
export async function alternatives(
  problem: Unchecked<ProblemInput>,
  result: Unchecked<Result>,
  replica: string,
  options: AlternativesOptions = {}
): Promise<Alternatives> {
  const { timeLimitMs, limit, check, signal } = resolveAlternativesOptions(options)
  const watch = startStopwatch(timeLimitMs)
  if (isSignal(signal)) signal.throwIfAborted()
  const parsed = parseProblem(problem)
  const { result: known, fingerprint } = readPlaced(parsed, result)
  refuseRestricted(known)
  const instance = adoptPlacement(compileInstance(parsed), known)
  const planned = plannedReplicas(instance, known)
  const subject = readSubject(parsed, instance, planned, known, replica)
  const target = plannedTarget(instance, planned, known)
  const trial = new Trial(instance, target, subject)
  const base = trial.plannedWorth
  const { possible, forbidden } = rankNodes(trial)
  const isKnown = ({ index }: InstanceNode) => index === trial.planned || index === trial.home
  const shown = possible.filter(({ node }, order) => order < limit || isKnown(node))
  const listed: PossibleNode[] = []
  let checked = 0
  for (const { node, worth } of shown) {
    await breathe()
    signal?.throwIfAborted()
    const isPlanned = node.index === trial.planned
    const isTried = !isPlanned && checked < check && !watch.expired()
    if (isTried) checked++
    const devices = trial.devicesAt(node.index)
    listed.push({
      ...nameOf(instance, node),
      isPlanned,
      isHome: node.index === trial.home,
      costPerHour: worth.costPerHour,
      costDifference: worth.costPerHour - base.costPerHour,
      migrations: worth.migrations,
      moreMigrations: worth.migrations - base.migrations,
      ...(devices !== undefined && { devices }),
      ...(isPlanned
        ? { reachable: 'yes' as const }
        : isTried
          ? tryToReach(trial, node.index, watch.expired)
          : { reachable: 'unchecked' as const })
    })
  }
  return {
    ...headOf('alternatives', parsed, fingerprint),
    replica,
    deployment: instance.deployments[subject.deployment]?.id as string,
    now: trial.home < 0 ? null : (instance.nodes[trial.home]?.id as string),
    planned: trial.planned < 0 ? null : (instance.nodes[trial.planned]?.id as string),
    possible: listed,
    forbidden: forbidden
      .filter(({ node }, order) => order < limit || isKnown(node))
      .map(({ node, limits }) => ({
        ...nameOf(instance, node),
        isHome: node.index === trial.home,
        limits: limits.map(tell)
      })),
    counts: { possible: possible.length, forbidden: forbidden.length }
  }
}

/** Who is asked about. */
function readSubject(
  { replicas }: Problem,
  instance: Instance,
  planned: ReadonlyMap<string, PlannedReplica>,
  { unplaced }: Result,
  replica: string
): PlannedReplica {
  const fault = (found: string, expected: string) => new InputError('replica', [{ path: '', found, expected }])
  const name = describeValue(replica)
  const own = planned.get(replica)
  if (own !== undefined) return own
  const waiting = unplaced.find((one) => one.replica === replica)
  const deployment = instance.problem.deployments.findIndex(({ id }) => id === waiting?.deployment)
  if (waiting !== undefined && deployment >= 0) {
    return { id: replica, deployment, copy: -1, node: -1, devices: undefined, starts: true }
  }
  const listed = replicas.find(({ id }) => id === replica)
  if (listed === undefined) throw fault(name, 'the id of a replica of the Problem or the plan')
  throw fault(
    `${name}, which ${listed.state === 'draining' ? 'is draining' : 'the plan stops'}`,
    'a replica that has a place, or wants one'
  )
}
