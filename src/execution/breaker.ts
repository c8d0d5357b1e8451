import type { Move, PlanGraph } from './plan-graph.js'
import { isBad, isGood, type StepState } from './step-record.js'

/** Of fewer migrations nobody can say that most fail. */
const LEAST_FINISHED = 4

/** Trips when more than half of the last migrations failed. Newcomers count, departures do not. */
export class Breaker {
  private readonly successes: boolean[] = []
  private readonly judged = new Set<Move>()

  constructor(
    private readonly graph: PlanGraph,
    private readonly window: number
  ) {}

  /**
   * Counts a migration once: as failed when the first of its steps fails, as a success when its last has ended.
   *
   * @returns how many of how many failed, when they are too many
   */
  judge(index: number, state: StepState): { readonly failed: number; readonly of: number } | null {
    const move = this.graph.moveOf[index]
    if (move === undefined || move.start < 0 || this.graph.isWait[move.start] === true || this.judged.has(move))
      return null
    const isWhole = isGood(state) && index === (move.stop >= 0 ? move.stop : move.start)
    const hasFailed = isBad(state) && state !== 'cancelled'
    if (!isWhole && !hasFailed) return null
    this.judged.add(move)
    this.successes.push(isWhole)
    const recent = this.successes.slice(-this.window)
    const failed = recent.filter((succeeded) => !succeeded).length
    return recent.length >= LEAST_FINISHED && failed * 2 > recent.length ? { failed, of: recent.length } : null
  }
}
