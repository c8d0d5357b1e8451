import type { LinearProgram } from '../../models/linear-program/program.js'
import type { SolverOptions, SolverOutcome, SolverProgress } from '../../models/linear-program/solution.js'
import type { GeneratedPatterns } from '../solvers/patterns/column-generation.js'
import type { SolverName } from '../solvers/portfolio.js'
import type { PatternJob, PatternProgress } from '../workers/jobs/patterns.js'
import type { CallOptions, SolverPool } from '../workers/pool.js'

/** The solver of the master of column generation. */
const MASTER: SolverName = 'highs'

/** The solvers that one call may ask, in their order, the threads they work in, and who of them has answered. */
export class SolverTeam {
  readonly #pool: SolverPool
  readonly #names: readonly SolverName[]
  readonly #answered = new Set<SolverName>()
  readonly #tried = new Set<SolverName>()
  #trouble: string | null = null
  #isLate = false
  #passedOver: string | null = null

  constructor(pool: SolverPool, names: readonly SolverName[]) {
    this.#pool = pool
    this.#names = names
  }

  /** Those that gave a point, a bound or a verdict, in the order of their first answers. */
  get answered(): readonly SolverName[] {
    return [...this.#answered]
  }

  /** Those that took a program and came to no end with it. */
  get tried(): readonly SolverName[] {
    return [...this.#tried]
  }

  /** What went wrong first where none of them gave anything; null when one did, or nothing went wrong. */
  get trouble(): string | null {
    if (this.#answered.size > 0) return null
    return this.#trouble ?? (this.#isLate ? `${this.#names.join(', ')} gave nothing in time` : null)
  }

  /** Why the first of them could not be used where another was asked in its place; null when none was passed over so. */
  get passedOver(): string | null {
    return this.#passedOver
  }

  /** Whether the master of column generation is among them. */
  get generatesColumns(): boolean {
    return this.#names.includes(MASTER)
  }

  /** Has a program solved by the first that takes it; `unsupported` when none does. Throws what `SolverPool.run` throws. */
  async solve(program: LinearProgram, options: SolverOptions, run: CallOptions<'solve'> = {}): Promise<SolverOutcome> {
    const onProgress = (progress: SolverProgress) => {
      if (saysSomething(progress)) this.#hear(progress.solver)
      this.#passedOver ??= progress.passedOver ?? null
      run.onProgress?.(progress)
    }
    const asked = this.#pool.run({ solver: this.#names, program, options }, { ...run, onProgress })
    const outcome = await asked.catch((error) => this.#giveUp(error))
    if (outcome.termination === 'failed' || outcome.termination === 'unsupported')
      this.#trouble ??= outcome.message ?? null
    if (saysSomething(outcome) || VERDICTS.has(outcome.termination)) this.#hear(outcome.solver)
    this.#isLate ||= outcome.termination === 'time-limit'
    if (UNFINISHED.has(outcome.termination)) this.#note(outcome.solver ?? this.#names[0], this.#tried)
    return outcome
  }

  /** Generates columns. Throws what `SolverPool.call` throws; null when it was stopped. */
  async generateColumns(job: PatternJob, call: CallOptions<'patterns'> = {}): Promise<GeneratedPatterns | null> {
    const onProgress = (progress: PatternProgress) => {
      this.#hear(MASTER)
      call.onProgress?.(progress)
    }
    const asked = this.#pool.call('patterns', job, { ...call, onProgress })
    const generated = await asked.catch((error) => this.#giveUp(error))
    this.#isLate ||= generated === null && call.signal?.aborted !== true
    return generated
  }

  /** Why none of them can be used here; null when one can be, or did not say in time. */
  async findRefusal(program: LinearProgram, run: CallOptions<'solve'>): Promise<string | null> {
    try {
      const { termination, message } = await this.#pool.run({ solver: this.#names, program }, run)
      this.#isLate ||= termination === 'time-limit'
      return termination === 'unsupported' ? (message ?? 'it takes no program') : null
    } catch {
      return null
    }
  }

  #giveUp(error: unknown): never {
    this.#trouble ??= error instanceof Error ? error.message : String(error)
    throw error
  }

  #hear(answerer: string | undefined): void {
    this.#note(answerer, this.#answered)
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
