import type { CallbackData, Highs, HighsCallbackMap, InterruptCallbackEvent } from 'highs'
import type { SolverOptions } from '../../../models/linear-program/solution.js'
import { Clock } from '../clock.js'
import type { SolverHooks } from '../solver.js'

const boundIntervalSeconds = 0.1
/** Where iterations are limited, no clock says when a bound is told. */
const boundIntervalIterations = 200

/** The clock and the iterations of one solve, and what HiGHS calls back while it runs: progress out, interrupts in. */
export class Watch {
  readonly #highs: Highs
  readonly #hooks: SolverHooks
  readonly #clock: Clock
  readonly #iterationLimit: number
  /** Iterations of the runs that are over, and of the one at hand. */
  #before = 0
  #now = 0
  #bound = Number.NEGATIVE_INFINITY
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(
    highs: Highs,
    { timeLimitMs, iterationLimit }: Pick<SolverOptions, 'timeLimitMs' | 'iterationLimit'>,
    hooks: SolverHooks
  ) {
    this.#highs = highs
    this.#hooks = hooks
    this.#clock = new Clock(timeLimitMs)
    this.#iterationLimit = iterationLimit ?? Number.POSITIVE_INFINITY
  }

  get seconds(): number {
    return this.#clock.seconds
  }

  get remainingSeconds(): number {
    return this.#clock.remainingMs / 1000
  }

  /** Simplex iterations of all runs, as far as HiGHS has told them. */
  get iterations(): number {
    return this.#before + this.#now
  }

  /** Whether a limit is reached. */
  get isOver(): boolean {
    return this.#clock.expired || this.iterations >= this.#iterationLimit
  }

  /**
   * The callbacks of one run. `telling`: whether its points and bounds are those of the whole program; HiGHS is
   * interrupted in either case. `share`: the part of the iterations left that the run may take.
   */
  callbacks(telling: boolean, share = 1): HighsCallbackMap {
    const { simplexInterrupt, ipmInterrupt, mipInterrupt, mipImprovingSolution } = this.#highs.constants.callbackType
    this.#before = this.iterations
    this.#now = 0
    const most = (this.#iterationLimit - this.#before) * share
    const interrupt = (event: InterruptCallbackEvent) => {
      this.#count(event.data)
      if (this.#now >= most || this.#clock.expired || this.#hooks.interrupted?.()) event.interrupt()
      return undefined
    }
    if (!telling || this.#hooks.onProgress === undefined) {
      return { [simplexInterrupt]: interrupt, [ipmInterrupt]: interrupt, [mipInterrupt]: interrupt }
    }
    return {
      [simplexInterrupt]: interrupt,
      [ipmInterrupt]: interrupt,
      [mipInterrupt]: (event) => {
        this.#tellBound(event.data)
        return interrupt(event)
      },
      [mipImprovingSolution]: (event) => this.#tellPoint(event.data)
    }
  }

  #count({ mip_total_lp_iterations: ofMip, simplex_iteration_count: ofSimplex }: CallbackData): void {
    this.#now = Math.max(this.#now, Number(ofMip ?? ofSimplex ?? 0))
  }

  #tellBound(data: CallbackData): undefined {
    const bound = data.mip_dual_bound ?? Number.NEGATIVE_INFINITY
    if (!Number.isFinite(bound) || bound <= this.#bound) return
    const isCounted = Number.isFinite(this.#iterationLimit)
    const now = isCounted ? this.iterations : this.seconds
    if (now - this.#toldAt < (isCounted ? boundIntervalIterations : boundIntervalSeconds)) return
    this.#bound = bound
    this.#toldAt = now
    this.#hooks.onProgress?.({ bound, seconds: this.seconds })
  }

  #tellPoint(data: CallbackData): undefined {
    const { mip_solution: solution, objective_function_value: objective } = data
    if (solution === undefined || objective === undefined) return
    this.#bound = Math.max(this.#bound, data.mip_dual_bound ?? Number.NEGATIVE_INFINITY)
    this.#hooks.onProgress?.({ solution, objective, bound: this.#bound, seconds: this.seconds })
  }
}
