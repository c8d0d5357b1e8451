import type { Plan, Step } from '../../models/contract/plan.js'
import { appendTo } from '../../models/grouping.js'

/** What happens to one copy: a migration from a node to another, a newcomer (from null), or a departure (to null). */
export interface Move {
  readonly replica: string
  deployment: string | undefined
  from: string | null
  to: string | null
  /** Indices of its steps; −1 where it has none. */
  start: number
  shift: number
  drain: number
  stop: number
}

/** Who stops before its successor starts. */
export interface Comeback {
  readonly departure: Move
  readonly arrival: Move
}

/** A plan, ready to be carried out: steps by index. */
export interface PlanGraph {
  readonly steps: readonly Step[]
  readonly indexOf: ReadonlyMap<string, number>
  readonly after: readonly (readonly number[])[]
  readonly followers: readonly (readonly number[])[]
  /** Every step after those it waits for. */
  readonly order: readonly number[]
  /** Where in that order each step stands. */
  readonly position: Int32Array
  /** Seconds from the beginning of a step to the end of everything that waits for it, by schedule. */
  readonly tail: readonly number[]
  readonly moves: readonly Move[]
  readonly moveOf: readonly (Move | undefined)[]
  /** Replicas that go first and come back: nothing of them runs from the departure to the start. */
  readonly comebacks: readonly Comeback[]
  /** Starts that only wait for a copy that is starting already. */
  readonly isWait: readonly boolean[]
  /** The steps that concern a node, by its id; shifts concern both of theirs. */
  readonly at: ReadonlyMap<string, readonly number[]>
}

/** The node that a step needs; of a shift, where to. */
export function nodeOf(step: Step): string {
  return step.action === 'shift' ? step.to : step.node
}

/** Reads a plan whose references are right: ids known and unique, no cycle. `order`: the steps, each after those it waits for. */
export function readGraph({ steps }: Plan, order: readonly number[]): PlanGraph {
  const indexOf = new Map(steps.map(({ id }, index) => [id, index]))
  const after = steps.map((step) => [...new Set(step.after)].map((id) => indexOf.get(id) as number))
  const followers: number[][] = steps.map(() => [])
  for (const [index, before] of after.entries()) for (const each of before) followers[each]?.push(index)
  const position = new Int32Array(steps.length)
  for (const [at, index] of order.entries()) position[index] = at
  const tail: number[] = []
  for (const index of [...order].reverse()) {
    const { startSeconds, endSeconds } = steps[index] as Step
    const rest = (followers[index] as number[]).map((next) => tail[next] as number)
    tail[index] =
      rest.reduce((longest, seconds) => Math.max(longest, seconds), 0) + Math.max(0, endSeconds - startSeconds)
  }
  const at = new Map<string, number[]>()
  for (const [index, step] of steps.entries()) {
    for (const node of step.action === 'shift' ? [step.from, step.to] : [step.node]) {
      appendTo(at, node, index)
    }
  }
  const { moves, moveOf } = groupMoves(steps, order)
  const isWait = steps.map((step, index) => {
    if (step.action !== 'start') return false
    if (step.expects !== undefined) return step.expects.host === step.node
    // Of plans that say nothing of it: no time is planned for what is there, and nothing is moved.
    return step.endSeconds <= step.startSeconds && (moveOf[index]?.shift ?? -1) < 0
  })
  return {
    steps,
    indexOf,
    after,
    followers,
    order,
    position,
    tail,
    moves,
    moveOf,
    comebacks: findComebacks(moves),
    isWait,
    at
  }
}

/** Moves stand in the order of their first steps. */
function findComebacks(moves: readonly Move[]): Comeback[] {
  const gone = new Map<string, Move>()
  return moves.flatMap((move) => {
    const departure = gone.get(move.replica)
    if (move.start < 0) gone.set(move.replica, move)
    else gone.delete(move.replica)
    return departure !== undefined && move.start >= 0 && move.shift < 0 ? [{ departure, arrival: move }] : []
  })
}

function groupMoves(steps: readonly Step[], order: readonly number[]) {
  const moves: Move[] = []
  const moveOf: (Move | undefined)[] = steps.map(() => undefined)
  const arrived = new Map<string, Move>()
  const leaving = new Map<string, Move>()
  const key = (replica: string, node: string) => JSON.stringify([replica, node])
  const begin = (step: Extract<Step, { readonly replica: string }>): Move => {
    const move = {
      replica: step.replica,
      deployment: step.deployment,
      from: null,
      to: null,
      start: -1,
      shift: -1,
      drain: -1,
      stop: -1
    }
    moves.push(move)
    return move
  }
  for (const index of order) {
    const step = steps[index] as Step
    if (!('replica' in step)) continue
    const { replica } = step
    let move: Move
    if (step.action === 'start') {
      move = begin(step)
      move.to = step.node
      move.deployment = step.expects?.deployment ?? step.deployment
      arrived.set(key(replica, step.node), move)
    } else if (step.action === 'shift') {
      move = arrived.get(key(replica, step.to)) ?? begin(step)
      move.from = step.from
      move.to = step.to
      leaving.set(key(replica, step.from), move)
    } else {
      const known = leaving.get(key(replica, step.node))
      move = known ?? begin(step)
      if (known === undefined) {
        move.from = step.node
        leaving.set(key(replica, step.node), move)
      }
      if (step.action === 'stop') leaving.delete(key(replica, step.node))
    }
    move[step.action] = index
    moveOf[index] = move
  }
  return { moves, moveOf }
}
