import type { CallbackData, Highs, HighsCallbackMap, InterruptCallbackEvent } from 'highs'
import { Clock } from '../clock.js'
import type { SolverHooks } from '../solver.js'

const boundIntervalSeconds = 0.1

/** The clock of one solve, and what HiGHS calls back while it runs: progress out, interrupts in. */
export class Watch {
  readonly #highs: Highs
  readonly #hooks: SolverHooks
  readonly #clock: Clock
  #bound = Number.NEGATIVE_INFINITY
  #toldAt = Number.NEGATIVE_INFINITY

  constructor(highs: Highs, timeLimitMs: number | undefined, hooks: SolverHooks) {
    this.#highs = highs
    this.#hooks = hooks
    this.#clock = new Clock(timeLimitMs)
  }

  get seconds(): number {
    return this.#clock.seconds
  }

  get remainingSeconds(): number {
    return this.#clock.remainingMs / 1000
  }

  get expired(): boolean {
    return this.#clock.expired
  }

  /**
   * The callbacks of one run. `telling`: whether its points and bounds are those of the whole program; HiGHS is
   * interrupted in either case.
   */
  callbacks(telling: boolean): HighsCallbackMap {
    const { simplexInterrupt, ipmInterrupt, mipInterrupt, mipImprovingSolution } = this.#highs.constants.callbackType
    const interrupt = (event: InterruptCallbackEvent) => {
      if (this.expired || this.#hooks.interrupted?.()) event.interrupt()
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

  #tellBound(data: CallbackData): undefined {
    const bound = data.mip_dual_bound ?? Number.NEGATIVE_INFINITY
    const seconds = this.seconds
    if (!Number.isFinite(bound) || bound <= this.#bound || seconds - this.#toldAt < boundIntervalSeconds) return
    this.#bound = bound
    this.#toldAt = seconds
    this.#hooks.onProgress?.({ bound, seconds })
  }

  #tellPoint(data: CallbackData): undefined {
    const { mip_solution: solution, objective_function_value: objective } = data
    if (solution === undefined || objective === undefined) return
    this.#bound = Math.max(this.#bound, data.mip_dual_bound ?? Number.NEGATIVE_INFINITY)
    this.#hooks.onProgress?.({ solution, objective, bound: this.#bound, seconds: this.seconds })
  }
}
