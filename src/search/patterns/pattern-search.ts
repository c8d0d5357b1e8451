import { type MergedInstance, mergeAlike } from '../../../models/formulations/merge-alike.js'
import { groupNodes } from '../../../models/formulations/node-contents.js'
import { formulatePatterns, type PatternObjective } from '../../../models/formulations/pattern-problem.js'
import type { Instance, InstanceCopy } from '../../../models/instance/instance.js'
import type { Budget } from '../../budget.js'
import type { Branch } from '../../solvers/patterns/branching.js'
import type { Guide } from '../../solvers/patterns/guide.js'
import type { Pattern } from '../../solvers/patterns/pattern.js'
import type { SearchedPatterns } from '../../solvers/patterns/pattern-search.js'
import { PricingBoard } from '../../solvers/patterns/pricing-board.js'
import type { Incumbents } from '../incumbents.js'
import type { PackingState } from '../packing-state.js'
import { realisePacking } from '../realisation.js'
import type { SolverTeam } from '../solver-team.js'
import { seatPatterns } from './seat-patterns.js'

/** Takes a share of the pricing, in one more thread, until a signal aborts or the search ends. */
export type PricingHelp = (until: AbortSignal) => Promise<void>

export interface PatternSearchOptions {
  readonly budget: Budget
  readonly signal: AbortSignal
  readonly seed: number
  readonly relativeGap: number
  /** Whether patterns know of the contents of nodes. */
  readonly contentsMatter: boolean
  readonly objective: PatternObjective
  /** What the best packing reaches of the objective; Infinity without one. */
  readonly cutoff: number
  /** Told every bound on the objective. */
  readonly onBound: (bound: number) => void
  readonly onGuide?: (guide: Guide) => void
  /** Told once how other threads can take a share of the pricing until a signal aborts; null where they cannot. */
  readonly onHelpWanted?: ((help: PricingHelp | null) => void) | undefined
  /** Told the branches that prove a bound, now and then and in the end. */
  readonly onBranches?: ((branches: readonly Branch[]) => void) | undefined
}

/** Searches by patterns in a worker; offers what it finds. null when it was stopped, or its thread died: what it reported stands. */
export async function searchPatterns(
  incumbents: Incumbents,
  solvers: SolverTeam,
  options: PatternSearchOptions
): Promise<SearchedPatterns | null> {
  const { instance } = incumbents
  const { contentsMatter, budget, signal, seed, relativeGap, cutoff } = options
  const { timeLimitMs, workLimit } = budget.grant
  const merged = incumbents.time('formulate', () => mergeAlike(instance))
  const problem = incumbents.time('formulate', () =>
    formulatePatterns(merged.instance, contentsMatter, options.objective)
  )
  const best = incumbents.best && realisePacking(instance, incumbents.best.packing)
  const start = best === null ? [] : patternsOf(best, merged, contentsMatter)
  const board = solvers.sharesMemory && options.onHelpWanted ? PricingBoard.sharedBuffer(problem) : null
  const over = new AbortController()
  options.onHelpWanted?.(
    board &&
      ((until) => solvers.helpPricing({ problem, buffer: board }, { signal: AbortSignal.any([until, over.signal]) }))
  )
  const asked = solvers.searchPatterns(
    {
      problem,
      options: { seed, relativeGap, start, cutoff, workLimit, timeLimitMs, ...(board !== null && { board }) },
      tellsBranches: options.onBranches !== undefined
    },
    {
      signal,
      deadlineMs: timeLimitMs,
      onProgress: (progress) => {
        if ('bound' in progress) options.onBound(progress.bound)
        else if ('branches' in progress) options.onBranches?.(progress.branches)
        else if ('guide' in progress) options.onGuide?.(progress.guide)
        else {
          const state = incumbents.time('seat', () => seatPatterns(instance, progress.solution, merged))
          if (state !== null) incumbents.offer(state, 'column-generation')
        }
      }
    }
  )
  const searched = await asked.catch(() => null)
  over.abort()
  // What was asked to end, or died, may have used it all.
  budget.charge(searched?.work ?? (Number.isFinite(workLimit) ? workLimit : 0))
  if (searched !== null) options.onBranches?.(searched.branches)
  return searched
}

/** The contents of the active nodes of a state. */
function patternsOf(state: PackingState, { instance, mergedOf }: MergedInstance, contentsMatter: boolean): Pattern[] {
  const groups = contentsMatter ? groupNodes(instance) : []
  const groupOf = new Map(groups.flatMap(({ nodes }, group) => nodes.map((node): [number, number] => [node, group])))
  return instance.nodes
    .filter(({ index }) => (state.population[index] as number) > 0)
    .map(({ index, kind, copies }) => {
      const counts = new Int32Array(instance.deployments.length)
      const add = (deployment: number) => {
        counts[deployment] = (counts[deployment] as number) + 1
      }
      const staying = copies.filter((copy) => state.stays[copy] === 1)
      for (const copy of staying) add((instance.copies[copy] as InstanceCopy).deployment)
      for (const { deployment } of state.arrivals[index] ?? []) add(mergedOf[deployment] as number)
      const group = groupOf.get(index) ?? -1
      if (group < 0 || staying.length === 0) return { kind, group: -1, counts, stays: new Int32Array(0) }
      const residents = groups[group]?.residents ?? []
      return {
        kind,
        group,
        counts,
        stays: Int32Array.from(residents, (resident) => stayingOf(instance, resident, staying))
      }
    })
}

function stayingOf(
  { copies }: Instance,
  resident: { readonly deployment: number; readonly moveCost: number },
  staying: readonly number[]
): number {
  return staying.filter((index) => {
    const { deployment, moveCost } = copies[index] as InstanceCopy
    return deployment === resident.deployment && moveCost === resident.moveCost
  }).length
}
