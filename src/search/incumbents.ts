import { verifyPlacement } from '../../models/checker/verify-placement.js'
import type { Plan } from '../../models/contract/plan.js'
import type { Producer } from '../../models/contract/result.js'
import { describeTarget } from '../../models/instance/describe-target.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Packing, Target } from '../../models/instance/packing.js'
import type { Stopwatch } from '../stopwatch.js'
import { costUnit, roundUpToUnit } from './cost-unit.js'
import { withinBudget } from './move-account.js'
import { nameReplicas } from './name-replicas.js'
import type { PackingState } from './packing-state.js'
import { appraise, compareWorth, type Worth } from './worth.js'

/** A packing that holds, appraised and named. */
export interface Incumbent {
  readonly packing: Packing
  readonly target: Target
  readonly worth: Worth
  readonly producer: Producer
  readonly elapsedMs: number
  /** The bound when it was found. */
  readonly bound: number
}

/** The best packing so far and the best bound, and everybody who wants to know of them. */
export class Incumbents {
  #best: Incumbent | null = null
  #totalBound = 0
  #costBound = 0
  readonly history: Incumbent[] = []
  readonly #listeners = new Set<() => void>()
  readonly #unit: number

  constructor(
    readonly instance: Instance,
    readonly watch: Stopwatch,
    onChange: () => void = () => {}
  ) {
    this.#listeners.add(onChange)
    this.#unit = costUnit(instance)
    this.#forgetBounds()
  }

  get best(): Incumbent | null {
    return this.#best
  }

  /** Whether it is proven that no packing leaves less broken or unplaced than the best. */
  requirementsProven = false

  /** Whether some packing has all that is required, and so contradicts whoever says that there is none. */
  get hasAnswer(): boolean {
    return this.#best !== null && this.#best.worth.missing === 0
  }

  /** Lower bound on the primary objective, never above the best packing's. */
  get totalBound(): number {
    return Math.min(this.#totalBound, this.#reached?.total ?? Infinity)
  }

  get costBound(): number {
    return Math.min(this.#costBound, this.#reached?.costPerHour ?? Infinity)
  }

  /** What the best packing is worth; null while there is none that has all that is required, for its cost says nothing. */
  get #reached(): Worth | null {
    return this.#best === null || this.#best.worth.missing > 0 ? null : this.#best.worth
  }

  /** (total − bound) / total of the best packing; 0 when both are 0, Infinity without a packing. */
  get gap(): number {
    return this.#reached === null ? Infinity : gapBetween(this.#reached.total, this.totalBound)
  }

  /** Takes a packing if it is better than the best and passes the checker. Returns whether it was taken. */
  offer(state: PackingState, producer: Producer): boolean {
    const worth = appraise(state)
    if (this.#best !== null && compareWorth(worth, this.#best.worth) >= 0) return false
    if (!withinBudget(this.instance, worth)) return false
    const target = nameReplicas(state)
    if (worth.missing === 0 && !this.#passesChecker(target, worth)) return false
    // A packing below a bound refutes the bound.
    const refutes = worth.costPerHour < belowBy(this.#costBound) || worth.total < belowBy(this.#totalBound)
    if (worth.missing === 0 && refutes) this.#forgetBounds()
    this.#best = {
      packing: state.toPacking(),
      target,
      worth,
      producer,
      elapsedMs: this.watch.elapsedMs(),
      bound: this.totalBound
    }
    this.history.push(this.#best)
    this.#tell()
    return true
  }

  /** Takes a proven bound on the primary objective; without a horizon it is one on the cost, too. */
  raiseTotalBound(proven: number): void {
    const isCost = this.instance.problem.objective.horizonHours === null
    const bound = isCost ? roundUpToUnit(proven, this.#unit) : proven
    if (!Number.isFinite(bound) || bound <= this.#totalBound) return
    if (this.#reached !== null && this.#reached.total < belowBy(bound)) return
    this.#totalBound = bound
    if (isCost) this.#costBound = Math.max(this.#costBound, bound)
    this.#tell()
  }

  /** Takes a proven bound on the cost per hour. */
  raiseCostBound(proven: number): void {
    const bound = roundUpToUnit(proven, this.#unit)
    if (!Number.isFinite(bound) || bound <= this.#costBound) return
    if (this.#reached !== null && this.#reached.costPerHour < belowBy(bound)) return
    this.#costBound = bound
    this.raiseTotalBound(bound * (this.instance.problem.objective.horizonHours ?? 1))
    this.#tell()
  }

  /** Calls back whenever the best packing or a bound changes, until the function that is returned is called. */
  listen(onChange: () => void): () => void {
    this.#listeners.add(onChange)
    return () => this.#listeners.delete(onChange)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  /** Back to what is paid whatever happens. */
  #forgetBounds(): void {
    const { nodes, problem } = this.instance
    this.#costBound = nodes.reduce((sum, { releasable, costPerHour }) => sum + (releasable ? 0 : costPerHour), 0)
    this.#totalBound = this.#costBound * (problem.objective.horizonHours ?? 1)
  }

  /** What leaves rules broken that the start breaks is judged as a part of what was wished for: it makes nothing worse. */
  #passesChecker(target: Target, { broken }: Worth): boolean {
    const plan: Plan = { status: broken > 0 ? 'partial' : 'complete', steps: [], makespanSeconds: 0 }
    return verifyPlacement(this.instance.problem, { ...describeTarget(this.instance, target), plan }).length === 0
  }
}

/** A bound less the rounding that solvers may leave in it. */
function belowBy(bound: number): number {
  return bound - 1e-6 * Math.max(1, Math.abs(bound))
}

/** (total − bound) / total, at least 0; 0 when both are 0. */
export function gapBetween(total: number, bound: number): number {
  return total <= 0 ? 0 : Math.max(0, (total - bound) / total)
}
