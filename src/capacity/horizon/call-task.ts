import type { JobInput, JobKind, JobOutput } from '../../workers/jobs/jobs.js'
import type { SolverPool } from '../../workers/pool.js'

/**
 * Has a task of a horizon done in a thread. Where the thread dies or breaks down it is done once more, in another. Throws the signal's
 * reason on an abort.
 */
export async function callTask<Kind extends JobKind>(
  pool: SolverPool,
  kind: Kind,
  input: JobInput<Kind>,
  signal: AbortSignal
): Promise<JobOutput<Kind>> {
  const call = async () => {
    const output = await pool.call(kind, input, { signal })
    signal.throwIfAborted()
    return output as JobOutput<Kind>
  }
  try {
    return await call()
  } catch (error) {
    signal.throwIfAborted()
    if (!isLoss(error)) throw error
    return await call()
  }
}

function isLoss(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'WORKER_DIED' || error.code === 'SOLVER_CRASHED')
}
