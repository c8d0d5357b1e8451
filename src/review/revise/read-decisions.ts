import { indexCluster } from '../../../models/checker/cluster.js'
import { strayDecisions } from '../../../models/checker/decided-moves.js'
import type { Decisions, RejectedMove } from '../../../models/contract/decisions.js'
import { describeValue, formatPath } from '../../../models/contract/describe-input.js'
import type { InputIssue } from '../../../models/contract/input-issues.js'
import { InputError } from '../../../models/contract/parse.js'
import type { Result } from '../../../models/contract/result.js'
import type { Instance, InstanceCopy, InstanceNode } from '../../../models/instance/instance.js'
import type { PlannedReplica } from '../planned-moves.js'

/** What is decided on single moves of a plan, by the ids of replicas. Everything may be left out. */
export interface Verdicts {
  /** Replicas that end on the node that the plan gives them. */
  readonly accept?: readonly string[]
  /** Whether every move that is neither rejected nor pinned is accepted. Default false: other moves may change where it pays. */
  readonly acceptAll?: boolean
  /** Replicas that do not make the move that the plan gives them; nor does another of their deployment come in their stead. */
  readonly reject?: readonly string[]
  /** Replicas that stay where they are. */
  readonly pin?: readonly string[]
  /** Replicas of which earlier decisions are forgotten: those that the Result carries. */
  readonly forget?: readonly string[]
}

const LISTS = ['accept', 'reject', 'pin', 'forget'] as const
type List = (typeof LISTS)[number]

const NO_DECISIONS: Decisions = { accept: [], reject: [], pin: [] }

/**
 * Reads what is decided of a plan, together with what was decided of it before: a new decision on a replica takes the place of those before, but
 * that what was rejected stays rejected. Throws InputError for unknown ids, contradictions, and decisions on moves that there are not; its subject
 * is `result` where decisions are wrong that the Result carries.
 */
export function readDecisions(
  instance: Instance,
  planned: ReadonlyMap<string, PlannedReplica>,
  { explanation, newNodes }: Pick<Result, 'explanation' | 'newNodes'>,
  given: Verdicts
): Decisions {
  const before = explanation.decisions ?? NO_DECISIONS
  const lists = readLists(given)
  const issues: InputIssue[] = []
  const reader = new DecisionReader(instance, planned, before, issues)
  const seen = new Map<string, List>()
  for (const list of LISTS) {
    for (const [order, id] of lists[list].entries()) {
      const other = seen.get(id)
      seen.set(id, list)
      const path = formatPath([list, order])
      if (other === list) issues.push({ path, found: `${describeValue(id)} again`, expected: 'each replica once' })
      else if (other !== undefined && list !== 'forget')
        issues.push({
          path,
          found: `${describeValue(id)}, which is in ${other}, too`,
          expected: 'one decision on each replica'
        })
      else reader.check(list, path, id)
    }
  }
  if (issues.length > 0) throw new InputError('decisions', issues)
  const decided = new Set(seen.keys())
  const forgotten = new Set(lists.forget)
  reader.checkBefore(newNodes, decided, forgotten)
  const kept = keepBefore(before, decided, forgotten)
  const accept =
    given.acceptAll === true ? reader.allMoves(new Set([...decided, ...kept.pin.map(({ replica }) => replica)])) : []
  const accepted = [...lists.accept, ...accept].map((id) => ({ replica: id, node: reader.nodeOf(id).id }))
  const known = new Set(accepted.map(({ replica }) => replica))
  return {
    accept: [...kept.accept.filter(({ replica }) => !known.has(replica)), ...accepted],
    reject: [...kept.reject, ...reader.rejections(lists.reject, kept.reject)],
    pin: [...kept.pin, ...lists.pin.map((replica) => ({ replica }))]
  }
}

/** Earlier decisions that still count. */
function keepBefore(before: Decisions, decided: ReadonlySet<string>, forgotten: ReadonlySet<string>): Decisions {
  return {
    accept: before.accept.filter(({ replica }) => !decided.has(replica)),
    reject: before.reject.filter(({ replica }) => !forgotten.has(replica)),
    pin: before.pin.filter(({ replica }) => !decided.has(replica))
  }
}

function readLists(given: Verdicts): Record<List, readonly string[]> {
  const issues: InputIssue[] = []
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new InputError('decisions', [{ path: '', found: describeValue(given), expected: 'an object of decisions' }])
  const known: readonly string[] = [...LISTS, 'acceptAll']
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue
    issues.push({ path: formatPath([name]), found: 'an unknown decision', expected: `one of ${known.join(', ')}` })
  }
  const read = (name: List): readonly string[] => {
    const value: unknown = given[name] ?? []
    if (Array.isArray(value) && value.every((id) => typeof id === 'string')) return value
    issues.push({ path: name, found: describeValue(value), expected: 'a list of ids of replicas' })
    return []
  }
  if (given.acceptAll !== undefined && typeof given.acceptAll !== 'boolean')
    issues.push({ path: 'acceptAll', found: describeValue(given.acceptAll), expected: 'true or false' })
  const lists = { accept: read('accept'), reject: read('reject'), pin: read('pin'), forget: read('forget') }
  if (issues.length > 0) throw new InputError('decisions', issues)
  return lists
}

class DecisionReader {
  readonly #copies: ReadonlyMap<string, InstanceCopy>
  readonly #known: ReadonlySet<string>
  readonly #decided: ReadonlySet<string>

  constructor(
    readonly instance: Instance,
    readonly planned: ReadonlyMap<string, PlannedReplica>,
    readonly before: Decisions,
    readonly issues: InputIssue[]
  ) {
    const { accept, reject, pin } = before
    this.#copies = new Map(instance.copies.map((copy) => [copy.id, copy]))
    this.#known = new Set([...instance.problem.replicas.map(({ id }) => id), ...planned.keys()])
    this.#decided = new Set([...accept, ...reject, ...pin].map(({ replica }) => replica))
  }

  check(list: List, path: string, id: string): void {
    const wrong = this.#faultOf(list, id)
    if (wrong !== null) this.issues.push({ path, ...wrong })
  }

  /** Earlier decisions that still count are on what there is, and accepted moves are moves of this plan. */
  checkBefore(newNodes: Result['newNodes'], decided: ReadonlySet<string>, forgotten: ReadonlySet<string>): void {
    const { accept, reject, pin } = this.before
    const cluster = indexCluster(this.instance.problem, newNodes, () => {})
    // Paths are those of the file.
    const dropped = new Set([
      ...accept.flatMap(({ replica }, order) => (decided.has(replica) ? [`accept[${order}]`] : [])),
      ...reject.flatMap(({ replica }, order) => (forgotten.has(replica) ? [`reject[${order}]`] : [])),
      ...pin.flatMap(({ replica }, order) => (decided.has(replica) ? [`pin[${order}]`] : []))
    ])
    const wrong = new Map(strayDecisions(cluster, this.before).map(({ path, message }) => [path, message]))
    for (const [order, { replica, node }] of accept.entries()) {
      const path = `accept[${order}]`
      if (wrong.has(path)) continue
      const fault = this.#faultOf('accept', replica)
      if (fault !== null) wrong.set(path, fault.found)
      else if (this.nodeOf(replica).id !== node)
        wrong.set(
          path,
          `${describeValue(replica)} accepted on ${node}, which the plan has on ${this.nodeOf(replica).id}`
        )
    }
    const issues = [...wrong].flatMap(([path, found]): InputIssue[] => {
      if (dropped.has(path)) return []
      const hint = 'forget the decision, or plan again'
      return [{ path: `explanation.decisions.${path}`, found, expected: 'a decision on this plan', hint }]
    })
    if (issues.length > 0) throw new InputError('result', issues)
  }

  nodeOf(id: string): InstanceNode {
    return this.instance.nodes[(this.planned.get(id) as PlannedReplica).node] as InstanceNode
  }

  /** Everybody who moves or starts, and is not named. */
  allMoves(named: ReadonlySet<string>): string[] {
    return [...this.planned.values()].flatMap((replica) =>
      replica.starts && !named.has(replica.id) && this.#faultOf('accept', replica.id) === null ? [replica.id] : []
    )
  }

  /** Each with how many others of its deployment may come to the node: no more than came before, less those that are rejected. */
  rejections(ids: readonly string[], before: readonly RejectedMove[]): RejectedMove[] {
    const { deployments, nodes, problem } = this.instance
    const rejected = new Set(ids)
    return ids.map((replica) => {
      const { deployment, node } = this.planned.get(replica) as PlannedReplica
      const { id, purchase } = nodes[node] as InstanceNode
      const owner = deployments[deployment]?.id as string
      const others = [...this.planned.values()].filter(
        (other) => other.starts && other.deployment === deployment && other.node === node && !rejected.has(other.id)
      ).length
      const known = before.filter((move) => move.deployment === owner && move.node === id).map((move) => move.others)
      const type = problem.nodeTypes[purchase]?.type
      return {
        replica,
        deployment: owner,
        node: id,
        ...(type !== undefined && { type }),
        others: Math.min(others, ...known)
      }
    })
  }

  #faultOf(list: List, id: string): Pick<InputIssue, 'found' | 'expected'> | null {
    const name = describeValue(id)
    if (!this.#known.has(id)) return { found: name, expected: 'the id of a replica of the Problem or the plan' }
    const copy = this.#copies.get(id)
    if (list === 'forget')
      return this.#decided.has(id)
        ? null
        : { found: name, expected: 'a replica on which the Result carries a decision' }
    if (list === 'pin') {
      if (copy === undefined) return { found: `${name}, which runs nowhere yet`, expected: 'a replica that runs' }
      if (copy.state === 'draining') return { found: `${name}, which is draining`, expected: 'a replica that may stay' }
      return null
    }
    const expected = 'a replica that the plan moves or starts'
    const planned = this.planned.get(id)
    if (planned === undefined) {
      const state = copy === undefined ? 'has no place in the plan' : 'the plan stops'
      return { found: `${name}, which ${state}`, expected }
    }
    if (!planned.starts) return { found: `${name}, which stays on ${describeValue(this.nodeOf(id).id)}`, expected }
    // What a gang does together, or who is starting, is moved by nobody here.
    if (list === 'accept' && copy !== undefined && copy.hold !== 'none')
      return {
        found: `${name}, which is held where it is (${copy.hold})`,
        expected: 'a replica that can be moved here'
      }
    return null
  }
}
