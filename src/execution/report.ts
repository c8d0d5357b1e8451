import type { HaltReason, Outcome } from './journal.js'
import type { Move } from './plan-graph.js'
import type { Progress } from './progress.js'
import { type Fault, isGood, type StepRecord, type StepState, type Verb } from './step-record.js'

/** What became of a step. */
export interface StepReport {
  readonly id: string
  readonly state: StepState
  /** Calls that were made for it, taking it back included. */
  readonly attempts: number
  /** How its last failed attempt failed. */
  readonly fault?: Fault
  readonly message?: string
  /** Why it was cancelled, skipped or left. */
  readonly reason?: string
}

/** What became of a copy that was to move (`from`, `to`), to come (`from` null) or to go (`to` null). */
export interface MoveReport {
  readonly replica: string
  readonly from: string | null
  readonly to: string | null
  /** `undone`: failed, the old copy serves as before. `stuck`: left half-way, with both copies. `lost`: its node is gone. */
  readonly outcome: 'done' | 'undone' | 'cancelled' | 'stuck' | 'lost' | 'unfinished'
}

/** How the carrying out of a plan ended. JSON throughout. */
export interface ExecutionReport {
  readonly plan: string
  /**
   * `completed`: every step is done. `failed`: some migrations failed or were cancelled. `changed`: the cluster is not what the plan
   * was made for. `tripped`: most of the recent migrations failed. `aborted`: by `signal`. `expired`: the plan was too old.
   * `abandoned`: it stopped at once, by `abandon` or because the journal failed, and its journal may be gone on with.
   */
  readonly outcome: Outcome
  /** Whether a new plan should be made of what is there now. */
  readonly planAgain: boolean
  readonly steps: readonly StepReport[]
  readonly moves: readonly MoveReport[]
  /** Why no further migration was begun, and after how many seconds; null: nothing kept it from going on. */
  readonly halt: { readonly reason: HaltReason; readonly message: string; readonly seconds: number } | null
  /**
   * Replicas of the plan of which nothing serves any more: their node is gone, or they stopped first and could not start again.
   * Starting them again is the service's job.
   */
  readonly lostReplicas: readonly string[]
  readonly lostNodes: readonly string[]
  /** Nodes given back. */
  readonly releasedNodes: readonly string[]
  /** Nodes that the plan got for a while and was to give back, and that are still there: they cost money until somebody releases them. */
  readonly unreturnedNodes: readonly string[]
  /** Nodes that the plan closed, and that are still there and closed. */
  readonly cordonedNodes: readonly string[]
  /** Attempts beyond the first of each call. */
  readonly retries: number
  /** From the first beginning, crashes included. */
  readonly seconds: number
  readonly firstFault: {
    readonly step: string
    readonly verb: Verb
    readonly attempt: number
    readonly fault: Fault
    readonly message: string
  } | null
  /** The first fault of `onEvent`. */
  readonly listenerFault: string | null
  /** Why the journal could not be written. */
  readonly journalFault: string | null
}

/** How an execution ended of which nothing is under way any more. */
export function outcomeOf({ records, halt, lostReplicas }: Progress): Outcome {
  if (lostReplicas.size === 0 && records.every(({ state }) => isGood(state))) return 'completed'
  return halt?.reason ?? 'failed'
}

export function assembleReport(
  progress: Progress,
  facts: Pick<ExecutionReport, 'plan' | 'outcome' | 'seconds' | 'listenerFault' | 'journalFault'>
): ExecutionReport {
  const { records, graph, halt, lostNodes, lostReplicas } = progress
  const released = new Set<string>()
  const cordoned = new Set<string>()
  for (const { step, state } of records) {
    if (step.action === 'release' && state === 'done') released.add(step.node)
    if (step.action === 'provision' && state === 'undone') released.add(step.node)
  }
  for (const { step, state } of records) {
    const isClosed = state === 'done' || state === 'stuck'
    if (step.action === 'cordon' && isClosed && !released.has(step.node)) cordoned.add(step.node)
  }
  const had = new Set<string>()
  for (const { step, state } of records) {
    if (step.action === 'provision' && (state === 'done' || state === 'stuck')) had.add(step.node)
  }
  const toReturn = records.flatMap(({ step }) => (step.action === 'release' && had.has(step.node) ? [step.node] : []))
  for (const { step, state } of records) if (step.action === 'uncordon' && state === 'done') cordoned.delete(step.node)
  return {
    ...facts,
    planAgain: facts.outcome !== 'abandoned' && (facts.outcome !== 'completed' || lostNodes.size > 0),
    steps: records.map(reportStep),
    moves: graph.moves.map((move) => reportMove(progress, move)),
    halt:
      halt === null
        ? null
        : { reason: halt.reason, message: halt.message, seconds: (halt.at - progress.beganAt) / 1000 },
    lostReplicas: [...lostReplicas.keys()],
    lostNodes: [...lostNodes],
    releasedNodes: [...released],
    unreturnedNodes: toReturn.filter((node) => !released.has(node) && !lostNodes.has(node)),
    cordonedNodes: [...cordoned].filter((node) => !lostNodes.has(node)),
    retries: progress.retriesMade,
    firstFault: progress.firstFault
  }
}

function reportStep({ step, state, attempts, fault, message, reason }: StepRecord): StepReport {
  return {
    id: step.id,
    state,
    attempts,
    ...(fault === undefined ? {} : { fault }),
    ...(message === undefined ? {} : { message }),
    ...(reason === undefined ? {} : { reason })
  }
}

function reportMove(progress: Progress, move: Move): MoveReport {
  const { replica, from, to, start, shift, drain, stop } = move
  const states = [start, shift, drain, stop].flatMap((index) => progress.stateOf(index) ?? [])
  const has = (...wanted: readonly StepState[]) => states.some((state) => wanted.includes(state))
  const outcome = () => {
    if (lastNodeIsLost(progress, move)) return 'lost'
    if (states.every(isGood)) return 'done'
    if (has('stuck')) return 'stuck'
    if (has('waiting', 'running', 'undoing')) return 'unfinished'
    if (has('undone', 'failed')) return 'undone'
    // Begun and not ended, by a halt or a loss in between: what is there stays.
    return has('done') ? 'stuck' : 'cancelled'
  }
  return { replica, from, to, outcome: outcome() }
}

function lastNodeIsLost({ lostReplicas }: Progress, { replica, from, to }: Move): boolean {
  const node = lostReplicas.get(replica)
  return node !== undefined && (node === to || (to !== null && node === from))
}
