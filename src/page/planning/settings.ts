/** How a Problem is to be solved from now on, whatever Problem it is. */
export interface Settings {
  readonly timeLimitSeconds: number
  readonly threads: number
  /** Whether a change of what is wanted is solved at once. */
  readonly solvesAgain: boolean
}

/** Most threads that are offered: more than a machine has only get in each other's way. */
export function mostThreads(cores: number): number {
  return Math.max(1, Math.min(8, cores))
}

export function defaultSettings(cores: number): Settings {
  return { timeLimitSeconds: 10, threads: mostThreads(cores), solvesAgain: true }
}
