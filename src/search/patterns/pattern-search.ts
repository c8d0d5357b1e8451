import { formulatePatterns, type PatternProblem } from '../../../models/formulations/pattern-problem.js'
import type { InstanceNode } from '../../../models/instance/instance.js'
import { reportPoint } from '../../../models/linear-program/point-report.js'
import { ProgramBuilder } from '../../../models/linear-program/program.js'
import type { PatternSolution } from '../../solvers/patterns/column-generation.js'
import type { Pattern } from '../../solvers/patterns/master.js'
import type { Stopwatch } from '../../stopwatch.js'
import type { Incumbents } from '../incumbents.js'
import type { PackingState } from '../packing-state.js'
import { realisePacking } from '../realisation.js'
import type { SolverTeam } from '../solver-team.js'
import { seatPatterns } from './seat-patterns.js'

export interface PatternSearchOptions {
  readonly watch: Stopwatch
  readonly signal: AbortSignal
  readonly seed: number
  readonly relativeGap: number
}

/** Parts of the time left that column generation with its dives, and then the combination of its patterns, may take. */
const GENERATION_SHARE = 0.3
const COMBINATION_SHARE = 0.4

/** Column generation by kind of node: raises the bound, offers what its dives find, then what combining all patterns gives. */
export async function searchPatterns(
  incumbents: Incumbents,
  solvers: SolverTeam,
  options: PatternSearchOptions
): Promise<void> {
  const { instance } = incumbents
  const problem = formulatePatterns(instance)
  const offer = (solution: PatternSolution) => {
    const state = seatPatterns(instance, solution)
    if (state !== null) incumbents.offer(state, 'column-generation')
  }
  const best = incumbents.best && realisePacking(instance, incumbents.best.packing)
  try {
    const generated = await solvers.generateColumns(
      {
        problem,
        options: {
          seed: options.seed,
          relativeGap: options.relativeGap,
          start: best === null ? [] : patternsOf(best),
          cutoff: best === null ? Infinity : best.cost
        }
      },
      {
        signal: options.signal,
        deadlineMs: options.watch.remainingMs() * GENERATION_SHARE,
        onProgress: (progress) => {
          if ('bound' in progress) incumbents.raiseCostBound(progress.bound)
          else offer(progress.solution)
        }
      }
    )
    if (generated === null || options.watch.expired() || incumbents.gap <= options.relativeGap) return
    await combinePatterns(incumbents, solvers, problem, generated.patterns, offer, options)
  } catch {
    // A thread that died takes its patterns along; whatever it reported stands.
  }
}

/** The restricted master as an integer program: the cheapest combination of the patterns that were found. */
async function combinePatterns(
  incumbents: Incumbents,
  solvers: SolverTeam,
  problem: PatternProblem,
  patterns: readonly Pattern[],
  offer: (solution: PatternSolution) => void,
  { watch, signal, seed, relativeGap }: PatternSearchOptions
): Promise<void> {
  const builder = new ProgramBuilder()
  builder.offset = problem.fixedCost
  const supplied = Array.from(problem.wanted, () => [] as [number, number][])
  const used = Array.from(problem.available, () => [] as [number, number][])
  for (const [index, { kind, counts }] of patterns.entries()) {
    const upper = problem.available[kind] as number
    const column = builder.column(`pattern ${index}`, { cost: problem.cost[kind] as number, upper, integer: true })
    for (const [deployment, copies] of counts.entries()) if (copies > 0) supplied[deployment]?.push([column, copies])
    used[kind]?.push([column, 1])
  }
  for (const [deployment, entries] of supplied.entries()) {
    builder.row(`wanted ${deployment}`, problem.wanted[deployment] as number, Infinity, entries)
  }
  for (const [kind, entries] of used.entries()) {
    builder.row(`available ${kind}`, -Infinity, problem.available[kind] as number, entries)
  }
  const program = builder.build('patterns')
  const take = (point: Float64Array) => {
    const { infeasibility, fractionality, objective } = reportPoint(program, point)
    if (infeasibility > 1e-5 || fractionality > 1e-5 || objective >= (incumbents.best?.worth.total ?? Infinity)) return
    const chosen = patterns.flatMap((pattern, index) => {
      const nodes = Math.round(point[index] as number)
      return nodes > 0 ? [{ pattern, nodes }] : []
    })
    offer({ cost: objective, patterns: chosen })
  }
  const timeLimitMs = watch.remainingMs() * COMBINATION_SHARE
  const outcome = await solvers.solve(
    program,
    { timeLimitMs, relativeGap: relativeGap / 2, seed },
    { signal, deadlineMs: timeLimitMs, onProgress: ({ solution }) => solution !== undefined && take(solution) }
  )
  if (outcome.solution !== null) take(outcome.solution)
}

/** The contents of the active nodes of a state. */
function patternsOf(state: PackingState): Pattern[] {
  const { instance } = state
  return instance.nodes
    .filter(({ index }) => (state.population[index] as number) > 0)
    .map(({ index, kind, copies }: InstanceNode) => {
      const counts = new Int32Array(instance.deployments.length)
      const add = (deployment: number) => {
        counts[deployment] = (counts[deployment] as number) + 1
      }
      for (const copy of copies) if (state.stays[copy] === 1) add(instance.copies[copy]?.deployment as number)
      for (const { deployment } of state.arrivals[index] ?? []) add(deployment)
      return { kind, counts }
    })
}
