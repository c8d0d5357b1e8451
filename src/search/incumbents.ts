import { verifyPlacement } from '../../models/checker/verify-placement.js'
import type { Producer } from '../../models/contract/placement.js'
import type { Plan } from '../../models/contract/plan.js'
import type { SearchEntry } from '../../models/contract/result.js'
import { describeTarget } from '../../models/instance/describe-target.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Packing, Target } from '../../models/instance/packing.js'
import { Profile, type Spent } from '../profile.js'
import type { Stopwatch } from '../stopwatch.js'
import { costUnit, roundUpToUnit } from './cost-unit.js'
import { withinBudget } from './move-account.js'
import { nameReplicas } from './name-replicas.js'
import type { PackingState } from './packing-state.js'
import { type SearchName, SearchRecord } from './search-record.js'
import { appraise, compareWorth, type Worth } from './worth.js'

/** A packing that holds, appraised and named. */
export interface Incumbent {
  readonly packing: Packing
  readonly target: Target
  readonly worth: Worth
  readonly producer: Producer
  /** The search that offered it. */
  readonly search: SearchName
  readonly elapsedMs: number
  /** The bound when it was found. */
  readonly bound: number
}

/** What all searches of one call know together. */
interface Shared {
  best: Incumbent | null
  totalBound: number
  costBound: number
  requirementsProven: boolean
  readonly history: Incumbent[]
  readonly listeners: Set<() => void>
  readonly unit: number
  readonly record: SearchRecord
  readonly profile: Profile
  readonly meaning: NonNullable<IncumbentsOptions['meaning']>
}

export interface IncumbentsOptions {
  /** Called whenever the best packing or a bound changes. */
  readonly onChange?: () => void
  /** Where the time goes; its own one by default. */
  readonly profile?: Profile
  /**
   * The target that the checker is shown, and the instance that it is one of, where packings are searched in another one than they are meant
   * for; null for a target that means nothing there. The target itself by default.
   */
  readonly meaning?: { readonly instance: Instance; readonly of: (target: Target) => Target | null }
}

/** The best packing so far and the best bound, and everybody who wants to know of them. Each search has its own view of them. */
export class Incumbents {
  readonly #shared: Shared
  readonly #search: SearchName

  /** `view` is for `measure`: the name of a search, and what it knows together with the others. */
  constructor(
    readonly instance: Instance,
    readonly watch: Stopwatch,
    { onChange = () => {}, profile = new Profile(), meaning }: IncumbentsOptions = {},
    view?: { readonly search: SearchName; readonly shared: Shared }
  ) {
    this.#search = view?.search ?? 'start'
    this.#shared = view?.shared ?? {
      best: null,
      totalBound: 0,
      costBound: 0,
      requirementsProven: false,
      history: [],
      listeners: new Set([onChange]),
      unit: costUnit(instance),
      record: new SearchRecord(),
      profile,
      meaning: meaning ?? { instance, of: (target) => target }
    }
    if (view === undefined) this.#forgetBounds()
  }

  /** Runs a search with a view through which all that it offers and proves counts as its own. */
  measure<Output>(search: SearchName, task: (own: Incumbents) => Output | Promise<Output>): Promise<Output> {
    const own = new Incumbents(this.instance, this.watch, undefined, { search, shared: this.#shared })
    return this.#shared.record.measure(search, () => task(own))
  }

  /** Does something for this search, and counts how long that part of the work took. */
  time<Output>(part: string, task: () => Output): Output {
    return this.#shared.profile.time(part, task, this.#search)
  }

  /** Counts a part of the work that was done for this search elsewhere. */
  readonly spent: Spent = (part, milliseconds) => this.#shared.profile.add(part, milliseconds, this.#search)

  get best(): Incumbent | null {
    return this.#shared.best
  }

  get history(): readonly Incumbent[] {
    return this.#shared.history
  }

  /** What searched by now, and what came of it. */
  get searches(): SearchEntry[] {
    return this.#shared.record.describe()
  }

  /** Whether it is proven that no packing leaves less broken or unplaced than the best. */
  get requirementsProven(): boolean {
    return this.#shared.requirementsProven
  }

  set requirementsProven(areProven: boolean) {
    this.#shared.requirementsProven = areProven
  }

  /** Whether some packing has all that is required, and so contradicts whoever says that there is none. */
  get hasAnswer(): boolean {
    return this.#shared.best !== null && this.#shared.best.worth.missing === 0
  }

  /** Lower bound on the primary objective, never above the best packing's. */
  get totalBound(): number {
    return Math.min(this.#shared.totalBound, this.#reached?.total ?? Infinity)
  }

  get costBound(): number {
    return Math.min(this.#shared.costBound, this.#reached?.costPerHour ?? Infinity)
  }

  /** What the best packing is worth; null while there is none that has all that is required, for its cost says nothing. */
  get #reached(): Worth | null {
    return this.#shared.best === null || this.#shared.best.worth.missing > 0 ? null : this.#shared.best.worth
  }

  /** (total − bound) / total of the best packing; 0 when both are 0, Infinity without a packing. */
  get gap(): number {
    return this.#reached === null ? Infinity : gapBetween(this.#reached.total, this.totalBound)
  }

  /**
   * Takes a packing if it is better than the best and passes the checker. Returns whether it was taken. `named`: the same with names, where
   * it matters which replica goes where.
   */
  offer(state: PackingState, producer: Producer, named?: Target): boolean {
    return this.time('checks', () => this.#take(state, producer, named)) && this.#tell()
  }

  #take(state: PackingState, producer: Producer, named?: Target): boolean {
    const worth = appraise(state)
    if (this.#shared.best !== null && compareWorth(worth, this.#shared.best.worth) >= 0) return false
    if (!withinBudget(this.instance, worth)) return false
    const target = named ?? nameReplicas(state)
    if (worth.missing === 0 && !this.#passesChecker(target, worth)) return false
    // A packing below a bound refutes the bound.
    const refutes =
      worth.costPerHour < belowBy(this.#shared.costBound) || worth.total < belowBy(this.#shared.totalBound)
    if (worth.missing === 0 && refutes) this.#forgetBounds()
    this.#shared.best = {
      packing: state.toPacking(),
      target,
      worth,
      producer,
      search: this.#search,
      elapsedMs: this.watch.elapsedMs(),
      bound: this.totalBound
    }
    this.#shared.history.push(this.#shared.best)
    this.#shared.record.found(this.#search, worth.missing === 0 ? worth.costPerHour : null)
    return true
  }

  /** Takes a proven bound on the primary objective; without a horizon it is one on the cost, too. */
  raiseTotalBound(proven: number): void {
    const isCost = this.instance.problem.objective.horizonHours === null
    const bound = isCost ? roundUpToUnit(proven, this.#shared.unit) : proven
    if (!Number.isFinite(bound) || bound <= this.#shared.totalBound) return
    if (this.#reached !== null && this.#reached.total < belowBy(bound)) return
    this.#shared.totalBound = bound
    if (isCost) this.#shared.costBound = Math.max(this.#shared.costBound, bound)
    this.#shared.record.proved(this.#search, bound)
    this.#tell()
  }

  /** Takes a proven bound on the cost per hour. */
  raiseCostBound(proven: number): void {
    const bound = roundUpToUnit(proven, this.#shared.unit)
    if (!Number.isFinite(bound) || bound <= this.#shared.costBound) return
    if (this.#reached !== null && this.#reached.costPerHour < belowBy(bound)) return
    this.#shared.costBound = bound
    this.raiseTotalBound(bound * (this.instance.problem.objective.horizonHours ?? 1))
    this.#tell()
  }

  /** Calls back whenever the best packing or a bound changes, until the function that is returned is called. */
  listen(onChange: () => void): () => void {
    this.#shared.listeners.add(onChange)
    return () => this.#shared.listeners.delete(onChange)
  }

  #tell(): true {
    for (const listener of this.#shared.listeners) listener()
    return true
  }

  /** Back to what is paid whatever happens. */
  #forgetBounds(): void {
    const { nodes, problem } = this.instance
    this.#shared.costBound = nodes.reduce((sum, { releasable, costPerHour }) => sum + (releasable ? 0 : costPerHour), 0)
    this.#shared.totalBound = this.#shared.costBound * (problem.objective.horizonHours ?? 1)
    this.#shared.record.forgetBounds()
  }

  /** What leaves rules broken that the start breaks is judged as a part of what was wished for: it makes nothing worse. */
  #passesChecker(target: Target, { broken }: Worth): boolean {
    const plan: Plan = { status: broken > 0 ? 'partial' : 'complete', steps: [], makespanSeconds: 0 }
    const { instance, of } = this.#shared.meaning
    const meant = of(target)
    return (
      meant !== null && verifyPlacement(instance.problem, { ...describeTarget(instance, meant), plan }).length === 0
    )
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
