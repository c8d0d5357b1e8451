import type { ConflictPart } from '../../models/contract/result.js'
import type { Instance } from '../../models/instance/instance.js'
import type { Stopwatch } from '../stopwatch.js'
import type { SolverPool } from '../workers/pool.js'

/** A part of a conflict; `isProof`: it alone shows that the Problem has no answer. */
export interface Conflict extends ConflictPart {
  readonly isProof: boolean
}

export interface ConflictOptions {
  readonly watch: Stopwatch
  readonly signal: AbortSignal
  readonly pool: SolverPool | null
}

export async function explainInfeasible(_instance: Instance, _options: ConflictOptions): Promise<Conflict[]> {
  return []
}
