import type { LinearProgram } from '../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome, SolverProgress } from '../../models/linear-program/solution.js'
import type { Spent } from '../profile.js'
import type { SearchedPatterns } from '../solvers/patterns/pattern-search.js'
import type { SolverName } from '../solvers/portfolio.js'
import type { PatternJob, PatternProgress } from '../workers/jobs/patterns.js'
import type { PricingJob } from '../workers/jobs/pricing.js'
import type { CallOptions, SolverPool } from '../workers/pool.js'

/** The solver of the master of column generation. */
const MASTER: SolverName = 'highs'

/** What became of the programs of one call. */
interface Heard {
  readonly answered: Set<SolverName>
  readonly tried: Set<SolverName>
  trouble: string | null
  isLate: boolean
  passedOver: string | null
}

/** The solvers that one call may ask, in their order, the threads they work in, and who of them has answered. */
export class SolverTeam {
  readonly #pool: SolverPool
  readonly #names: readonly SolverName[]
  readonly #spent: Spent
  readonly #heard: Heard

  /** `view` is for `timedBy`. */
  constructor(pool: SolverPool, names: readonly SolverName[], view?: { readonly spent: Spent; readonly heard: Heard }) {
    this.#pool = pool
    this.#names = names
    this.#spent = view?.spent ?? (() => {})
    this.#heard = view?.heard ?? {
      answered: new Set(),
      tried: new Set(),
      trouble: null,
      isLate: false,
      passedOver: null
    }
  }

  /** The same team, working for a search that is told where the time goes. */
  timedBy({ spent }: { readonly spent: Spent }): SolverTeam {
    return new SolverTeam(this.#pool, this.#names, { spent, heard: this.#heard })
  }

  /** Those that gave a point, a bound or a verdict, in the order of their first answers. */
  get answered(): readonly SolverName[] {
    return [...this.#heard.answered]
  }

  /** Those that took a program and came to no end with it. */
  get tried(): readonly SolverName[] {
    return [...this.#heard.tried]
  }

  /** What went wrong first where none of them gave anything; null when one did, or nothing went wrong. */
  get trouble(): string | null {
    if (this.#heard.answered.size > 0) return null
    return this.#heard.trouble ?? (this.#heard.isLate ? `${this.#names.join(', ')} gave nothing in time` : null)
  }

  /** Why the first of them could not be used where another was asked in its place; null when none was passed over so. */
  get passedOver(): string | null {
    return this.#heard.passedOver
  }

  /** Whether the master of column generation is among them. */
  get generatesColumns(): boolean {
    return this.#names.includes(MASTER)
  }

  /** Has a program solved by the first that takes it; `unsupported` when none does. Throws what `SolverPool.run` throws. */
  async solve(program: LinearProgram, options: SolverOptions, run: CallOptions<'solve'> = {}): Promise<SolverOutcome> {
    const onProgress = (progress: SolverProgress) => {
      if (saysSomething(progress)) this.#hear(progress.solver)
      this.#heard.passedOver ??= progress.passedOver ?? null
      run.onProgress?.(progress)
    }
    const asked = this.#pool.run({ solver: this.#names, program, options }, { spent: this.#spent, ...run, onProgress })
    const outcome = await asked.catch((error) => this.#giveUp(error))
    if (outcome.termination === 'failed' || outcome.termination === 'unsupported')
      this.#heard.trouble ??= outcome.message ?? null
    if (saysSomething(outcome) || VERDICTS.has(outcome.termination)) this.#hear(outcome.solver)
    this.#heard.isLate ||= outcome.termination === 'time-limit'
    if (UNFINISHED.has(outcome.termination)) this.#note(outcome.solver ?? this.#names[0], this.#heard.tried)
    return outcome
  }

  /** Searches by patterns. Throws what `SolverPool.call` throws; null when it was stopped. */
  async searchPatterns(job: PatternJob, call: CallOptions<'patterns'> = {}): Promise<SearchedPatterns | null> {
    const onProgress = (progress: PatternProgress) => {
      this.#hear(MASTER)
      call.onProgress?.(progress)
    }
    const asked = this.#pool.call('patterns', job, { spent: this.#spent, ...call, onProgress })
    const searched = await asked.catch((error) => this.#giveUp(error))
    this.#heard.isLate ||= searched === null && call.signal?.aborted !== true
    return searched
  }

  /** Whether threads can help each other with pricing. */
  get sharesMemory(): boolean {
    return this.#pool.sharesMemory
  }

  /** Takes a share of the pricing of a search by patterns, in one more thread, until that search ends or is asked to. Never rejects. */
  async helpPricing(job: PricingJob, call: CallOptions<'pricing'>): Promise<void> {
    // The search goes on without a helper that died.
    await this.#pool.call('pricing', job, call).catch(() => null)
  }

  /** Why none of them can be used here, with such options; null when one can be, or did not say in time. */
  async findRefusal(
    program: LinearProgram,
    run: CallOptions<'solve'>,
    options: SolverOptions = {}
  ): Promise<string | null> {
    try {
      const { termination, message } = await this.#pool.run({ solver: this.#names, program, options }, run)
      this.#heard.isLate ||= termination === 'time-limit'
      return termination === 'unsupported' ? (message ?? 'it takes no program') : null
    } catch {
      return null
    }
  }

  #giveUp(error: unknown): never {
    this.#heard.trouble ??= error instanceof Error ? error.message : String(error)
    throw error
  }

  #hear(answerer: string | undefined): void {
    this.#note(answerer, this.#heard.answered)
  }

  /** Only names that were asked count. */
  #note(name: string | undefined, among: Set<SolverName>): void {
    const known = this.#names.find((asked) => asked === name)
    if (known !== undefined) among.add(known)
  }
}

const UNFINISHED: ReadonlySet<SolverOutcome['termination']> = new Set(['time-limit', 'interrupted'])
const VERDICTS: ReadonlySet<SolverOutcome['termination']> = new Set(['optimal', 'gap-limit', 'infeasible', 'unbounded'])

function saysSomething({ solution, bound }: Pick<SolverOutcome, 'bound'> & { solution?: unknown }): boolean {
  return (solution !== undefined && solution !== null) || Number.isFinite(bound)
}
