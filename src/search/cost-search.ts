import { movesWhatMayMove } from '../../models/instance/instance.js'
import type { Guide } from '../solvers/patterns/guide.js'
import { costUnit, roundUpToUnit } from './cost-unit.js'
import { gapBetween, type Incumbents } from './incumbents.js'
import { searchByMip } from './mip-search.js'
import { searchNeighbourhoods } from './neighbourhood/neighbourhood-search.js'
import { searchByGuide } from './patterns/guided-search.js'
import { type PatternScope, patternScope } from './patterns/pattern-scope.js'
import { type PricingHelp, searchPatterns } from './patterns/pattern-search.js'
import type { SearchOptions } from './portfolio.js'
import { isSolvable } from './program-size.js'
import { provesInfeasible } from './proofs.js'
import type { CostSearchName } from './search-record.js'
import type { SolverTeam } from './solver-team.js'
import { boundByType } from './type-bound.js'

/** Parts of the time that bounds by type, and patterns on a single thread, may take. */
const TYPE_SHARE = 0.2
const PATTERN_SHARE = 0.7
/** The part for bounds by type where a thread has nothing better to do: patterns by kind have the other one. */
const BESIDE_SHARE = 0.6
/** For how long nobody but patterns searches: a part of the time, and milliseconds at most. */
const START_SHARE = 0.2
const LONGEST_START_MS = 3_000
/** Pairs of deployment and node up to which the whole program is tried beside the patterns. */
const SMALL_PROGRAM = 20_000

/**
 * The cheapest packing. Patterns come first: they prove most and usually find it. Beside them the bound by type, the whole program
 * where it is small, the program confined to what good patterns use, and neighbourhoods of the best packing. One thread runs them in
 * turn. Ends at the gap. Returns whether it was proven that there is no packing.
 */
export async function searchCost(
  incumbents: Incumbents,
  solvers: SolverTeam,
  options: SearchOptions,
  stop: AbortController
): Promise<boolean> {
  const hasPatterns = solvers.generatesColumns && options.searches.includes('column-generation')
  const { instance, best, hasAnswer } = incumbents
  const scope = hasPatterns ? patternScope(instance, hasAnswer ? best?.worth : undefined) : 'none'
  const search = new CostSearch(incumbents, solvers, options, scope)
  const stopAtGap = () => {
    // Where work is counted, each search ends by itself: when it heard of another's bound or packing, a clock would decide.
    if (search.isDone && !options.budget.countsWork) stop.abort()
  }
  search.onCertified = stopAtGap
  const unlisten = incumbents.listen(stopAtGap)
  stopAtGap()
  try {
    await search.run()
  } finally {
    unlisten()
  }
  return search.isInfeasible
}

function aborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return Promise.resolve(undefined)
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }))
}

class CostSearch {
  isInfeasible = false
  /** Called when `isDone` may have become true. */
  onCertified = () => {}
  #patternBound = -Infinity
  #patternsEnded = false
  #guide: Guide | null = null
  readonly #guided = new AbortController()
  /** How to help the search by patterns, once it wants that. */
  readonly #help: Promise<PricingHelp | null>
  #wantHelp: (help: PricingHelp | null) => void = () => {}
  /** Aborted when the search by patterns is over. */
  readonly #searched = new AbortController()

  constructor(
    readonly incumbents: Incumbents,
    readonly solvers: SolverTeam,
    readonly options: SearchOptions,
    readonly scope: PatternScope
  ) {
    this.#help = new Promise((resolve) => {
      this.#wantHelp = resolve
    })
  }

  get isDone(): boolean {
    return this.incumbents.gap <= this.options.relativeGap && this.#isCertified
  }

  get #isInTurn(): boolean {
    return this.options.threads === 1 || this.options.budget.countsWork
  }

  /** Whether patterns prove what they can: with a certificate it is not enough that another search proves as much. */
  get #isCertified(): boolean {
    const { onBranches, relativeGap } = this.options
    if (onBranches === undefined || this.scope === 'none' || this.#patternsEnded) return true
    return gapBetween(this.incumbents.best?.worth.total ?? Infinity, this.#patternBound) <= relativeGap
  }

  /** Each lane does its tasks in turn, and then goes on improving. One thread does all in turn, as does whoever counts work. */
  async run(): Promise<void> {
    const { threads, signal } = this.options
    const byPatterns = this.scope === 'none' ? [] : [() => this.#searchPatterns().finally(() => this.#searched.abort())]
    const beside = [
      ...this.#ifAsked('bound-by-type', () => this.#boundByType()),
      ...this.#ifAsked('compact-model', () => this.#solveWhole()),
      ...this.#ifAsked('guided-model', () => this.#followGuide())
    ]
    const improve = (lane: number) => this.#ifAsked('neighbourhoods', () => this.#improve(lane))
    const runInTurn = async (tasks: readonly (() => Promise<void>)[]) => {
      // A lane that fails ends; what the others find stands.
      for (const task of tasks) if (!signal.aborted && !this.isDone) await task().catch(() => {})
    }
    if (this.#isInTurn) return runInTurn([...byPatterns, ...beside, ...improve(0)])
    const help = () => this.#helpPatterns(this.#searched.signal)
    const lanes = [...byPatterns.map((task) => [task]), [() => this.#letPatternsBegin(), ...beside, help]]
    while (lanes.length < threads) lanes.push([help])
    await Promise.all(lanes.map((tasks, lane) => runInTurn([...tasks, ...improve(lane)])))
  }

  #ifAsked(name: CostSearchName, task: () => Promise<void>): (() => Promise<void>)[] {
    return this.options.searches.includes(name) ? [task] : []
  }

  #searchPatterns(): Promise<void> {
    const { budget, relativeGap } = this.options
    const { horizonHours } = this.incumbents.instance.problem.objective
    return this.incumbents
      .measure('column-generation', async (incumbents) => {
        await searchPatterns(incumbents, this.solvers.timedBy(incumbents), {
          ...this.options,
          budget: this.#isInTurn ? budget.share(PATTERN_SHARE) : budget,
          relativeGap: relativeGap / 2,
          contentsMatter: this.scope === 'contents',
          objective: { of: 'total' },
          cutoff: incumbents.hasAnswer ? (incumbents.best?.worth.total ?? Infinity) : Infinity,
          onBound: (bound) => {
            this.#patternBound = horizonHours === null ? roundUpToUnit(bound, costUnit(incumbents.instance)) : bound
            if (horizonHours === null) incumbents.raiseCostBound(bound)
            else incumbents.raiseTotalBound(bound)
            this.onCertified()
          },
          onHelpWanted: this.#isInTurn ? undefined : this.#wantHelp,
          onGuide: (guide) => {
            this.#guide = guide
            this.#guided.abort()
          }
        })
      })
      .finally(() => {
        this.#patternsEnded = true
        this.onCertified()
      })
  }

  /** Takes a share of the work of the search by patterns until a signal aborts, or that search ends. */
  async #helpPatterns(until: AbortSignal): Promise<void> {
    if (this.scope === 'none') return
    const help = await Promise.race([this.#help, aborted(until), aborted(this.#searched.signal)])
    if (help && !until.aborted) await help(AbortSignal.any([until, this.options.signal]))
  }

  /**
   * For small clusters patterns alone are done soonest: two solvers that start at once are in each other's way. Until then their search is
   * helped.
   */
  async #letPatternsBegin(): Promise<void> {
    const { budget, signal } = this.options
    if (this.scope === 'none') return
    const begun = new AbortController()
    const helped = this.#helpPatterns(begun.signal)
    const { timeLimitMs } = budget.grant
    const timer = setTimeout(() => begun.abort(), Math.min(LONGEST_START_MS, timeLimitMs * START_SHARE))
    await Promise.race([begun.signal, signal, this.#guided.signal, this.#searched.signal].map(aborted))
    clearTimeout(timer)
    begun.abort()
    await helped
  }

  async #boundByType(): Promise<void> {
    const { budget, relativeGap, signal } = this.options
    const limits = {
      budget: budget.share(this.#isInTurn || this.scope !== 'kinds' ? TYPE_SHARE : BESIDE_SHARE),
      relativeGap: relativeGap / 2,
      signal
    }
    const impossible = await this.incumbents.measure('bound-by-type', (own) =>
      boundByType(own, this.solvers.timedBy(own), limits)
    )
    this.isInfeasible ||= impossible
  }

  /** Gives way to the guide, where patterns have one. */
  async #solveWhole(): Promise<void> {
    const { instance } = this.incumbents
    const { budget, relativeGap, seed, signal } = this.options
    const isSmall = instance.nodes.length * instance.deployments.length <= SMALL_PROGRAM
    if (!isSolvable(instance) || (this.scope !== 'none' && (!isSmall || this.#guide !== null))) return
    const isExact = movesWhatMayMove(instance)
    await this.incumbents.measure('compact-model', async (own) => {
      const outcome = await searchByMip(own, this.solvers.timedBy(own), {
        level: 'total',
        budget: this.#isInTurn ? budget.share(PATTERN_SHARE) : budget,
        relativeGap,
        seed,
        signal: AbortSignal.any([signal, this.#guided.signal]),
        onBound: (proven) => {
          if (isExact) own.raiseTotalBound(proven)
        }
      })
      this.isInfeasible ||= isExact && provesInfeasible(outcome)
    })
  }

  async #followGuide(): Promise<void> {
    const guide = this.#guide
    if (guide === null) return
    const limits = this.options
    await this.incumbents.measure('guided-model', (own) =>
      searchByGuide(own, this.solvers.timedBy(own), guide, this.scope === 'contents', limits)
    )
  }

  #improve(lane: number): Promise<void> {
    const { budget, signal, seed } = this.options
    const isDone = () => this.isDone
    const limits = { budget, signal, seed: seed + lane, level: 'total', isDone } as const
    return this.incumbents.measure('neighbourhoods', (own) =>
      searchNeighbourhoods(own, this.solvers.timedBy(own), limits)
    )
  }
}
