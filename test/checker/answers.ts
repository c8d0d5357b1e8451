import {
  type Problem,
  type ProblemInput,
  parseProblem,
  parseResult,
  type Result,
  type Step
} from '../../models/index.js'

/** A step without what can be worked out: times, and an empty `after`. */
export type StepDraft = Step extends infer Each
  ? Each extends Step
    ? Omit<Each, 'after' | 'startSeconds' | 'endSeconds'> & { after?: string[] }
    : never
  : never

/** What a test says of a Result; everything else is empty or follows from it. */
export interface Answer {
  placement: Result['placement']
  steps?: StepDraft[]
  /** Cost, active nodes and migrations in the end. Move cost is taken as one each. */
  costPerHour: number
  activeNodes: number
  migrations?: number
  initial: { costPerHour: number; activeNodes: number }
  more?: Partial<Result>
}

/** A small cluster, parsed. */
export function cluster(input: Omit<ProblemInput, 'schemaVersion'>): Problem {
  return parseProblem({ schemaVersion: 1, ...input })
}

/** A node of 8 cores for 1 an hour, unless said otherwise. */
export function node(id: string, more: Partial<ProblemInput['nodes'][number]> = {}): ProblemInput['nodes'][number] {
  return { id, capacity: { cpu: 8 }, costPerHour: 1, ...more }
}

/** A Result with the claims of the answer and times as early as `after` allows, through the schema. */
export function answer(
  problem: Problem,
  { placement, steps = [], migrations = 0, more = {}, ...worth }: Answer
): Result {
  const { costPerHour, activeNodes } = worth
  const timed = schedule(problem, steps)
  const newTypes = new Set(more.newNodes?.map((bought) => bought.id))
  return parseResult({
    schemaVersion: 1,
    problem: { fingerprint: 'sha256:0' },
    termination: 'optimal',
    primalStatus: 'feasible',
    producer: 'mip',
    objective: { costPerHour, moveCost: migrations, migrations, activeNodes, total: costPerHour },
    bound: { costPerHour, total: costPerHour },
    gap: 0,
    initial: {
      ...worth.initial,
      listedCostPerHour: problem.nodes.reduce((sum, listed) => sum + listed.costPerHour, 0)
    },
    placement,
    assumedDevices: [],
    headroom: [],
    unplaced: [],
    violations: [],
    newNodes: [],
    releasedNodes: timed.flatMap((step) => (step.action === 'release' && !newTypes.has(step.node) ? [step.node] : [])),
    plan: {
      status: 'complete',
      steps: timed,
      makespanSeconds: timed.reduce((end, step) => Math.max(end, step.endSeconds), 0)
    },
    solve: { seconds: 0 },
    explanation: {},
    ...more
  })
}

/** Gives every step the earliest times that `after` allows, at the default durations of 60, 30 and 180 seconds. */
function schedule(problem: Problem, drafts: StepDraft[]): Step[] {
  const ends = new Map<string, number>()
  return drafts.map((draft) => {
    const after = draft.after ?? []
    const startSeconds = after.reduce((latest, id) => Math.max(latest, ends.get(id) ?? 0), 0)
    const endSeconds = startSeconds + secondsOf(problem, draft)
    ends.set(draft.id, endSeconds)
    return { ...draft, after, startSeconds, endSeconds } as Step
  })
}

function secondsOf(problem: Problem, draft: StepDraft): number {
  if (draft.action === 'drain') return 30
  if (draft.action === 'provision') return 180
  if (draft.action !== 'start') return 0
  const listed = problem.replicas.find((replica) => replica.id === draft.replica)
  return listed?.state === 'starting' && listed.node === draft.node ? 0 : 60
}

/** The four steps of one leg, named `<prefix>-start` and so on; the first waits for `after`. */
export function move(
  prefix: string,
  replica: string,
  from: string,
  to: string,
  after: string[] = [],
  more: Partial<Extract<Step, { action: 'start' }>> = {}
): StepDraft[] {
  return [
    { id: `${prefix}-start`, action: 'start', replica, node: to, after, ...more },
    { id: `${prefix}-shift`, action: 'shift', replica, from, to, after: [`${prefix}-start`] },
    { id: `${prefix}-drain`, action: 'drain', replica, node: from, after: [`${prefix}-shift`] },
    { id: `${prefix}-stop`, action: 'stop', replica, node: from, after: [`${prefix}-drain`] }
  ]
}
