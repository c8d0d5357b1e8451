/** This engine as a whole, and its parts alone: calls of `compact` in a warm process. */
import { compact, verifyResult } from 'replica-compactor'
import { OURS } from '../ours.mjs'
import { settleBounds } from './attempt.mjs'
import { startClock } from './clock.mjs'
import { count, judgePlacement, wrong } from './judge.mjs'
import { versionOf } from './package-versions.mjs'

/** @import { CompactOptions, IncumbentUpdate, Problem, Result } from 'replica-compactor' */
/** @import { Attempt, Contestant, Task } from './attempt.mjs' */

/** @type {readonly Contestant[]} */
export const engines = [
  contestant(OURS, 'engine', 'This engine as users call it: all searches together, then the migration and all checks.'),
  contestant(`${OURS}, 1 thread`, 'engine', 'The same on one thread.', { threads: 1 }),
  contestant('greedy', 'part', 'First-fit decreasing evacuation and its improvements alone, without a solver.', {
    solver: 'greedy'
  }),
  contestant(
    'column generation',
    'part',
    'Patterns of node contents, priced exactly, with branching and dives, alone.',
    { searches: ['column-generation'] }
  ),
  contestant('compact model', 'part', 'The aggregated program by HiGHS, started from greedy, alone.', {
    searches: ['compact-model']
  }),
  contestant('neighbourhoods', 'part', 'Large neighbourhood search around the best placement by HiGHS, alone.', {
    searches: ['neighbourhoods']
  })
]

/** @type {(name: string, kind: 'engine' | 'part', description: string, options?: CompactOptions) => Contestant} */
function contestant(name, kind, description, options = {}) {
  return {
    name,
    kind,
    description,
    usesSeed: options.solver !== 'greedy',
    versions: () => (options.solver === 'greedy' ? [] : [versionOf('highs')]),
    absence: () => null,
    run: (task) => solve(task, options)
  }
}

/** @type {(task: Task, options: CompactOptions) => Promise<Attempt>} */
async function solve({ problem, limitSeconds, gap, seed, threads, isProofOnly }, options) {
  /** @type {{ seconds: number, bound: number }[]} */
  const bounds = []
  /** @type {{ seconds: number, update: IncumbentUpdate }[]} */
  const updates = []
  const clock = startClock()
  const run = compact(problem, {
    ...{ timeLimitMs: limitSeconds * 1000, relativeGap: gap, seed, threads },
    ...options,
    onProgress: (progress) => {
      const { bound } = progress
      if (bound > (bounds.at(-1)?.bound ?? 0)) bounds.push({ seconds: clock.now(), bound })
      if (isProofOnly && progress.gap <= gap) run.interrupt()
    }
  })
  for await (const update of run) updates.push({ seconds: clock.now(), update })
  const result = await run
  const { seconds, cpuSeconds } = clock.stop()
  return {
    seconds,
    cpuSeconds,
    termination: result.termination,
    answers: [
      ...updates.map(({ seconds, update }) => ({ seconds, judge: () => judgePlacement(problem, update) })),
      ...(result.primalStatus === 'feasible' ? [{ seconds, judge: () => judgeResult(problem, result) }] : [])
    ],
    // Without one in the end, some placement has refuted all that was told.
    bounds: result.bound === undefined ? [] : settleBounds(bounds, result.bound.costPerHour, seconds)
  }
}

/** Placement and plan. @type {(problem: Problem, result: Result) => ReturnType<typeof count>} */
function judgeResult(problem, result) {
  const [violation] = verifyResult(problem, result)
  return violation === undefined ? count(problem, result) : wrong(violation.message)
}
