import type { SolverRun } from './run-solver.js'

/** Arguments that make glpsol write its answer, and give up after so many seconds. */
export const glpsolArguments = ['--write', 'solution.txt', '--tmlim', '20']

/**
 * What a run of glpsol found: the optimum, Infinity where there is no answer, −Infinity where they fall for ever. Throws where nothing is proven.
 * Only what it prints says why there is no optimum: its presolver leaves the status in the file open.
 */
export function readGlpsol({ printed, solution }: SolverRun): number {
  if (/HAS NO (PRIMAL|INTEGER) FEASIBLE SOLUTION/.test(printed)) return Infinity
  if (/HAS NO DUAL FEASIBLE SOLUTION|HAS UNBOUNDED (PRIMAL )?SOLUTION/.test(printed)) return -Infinity
  // s mip ROWS COLUMNS STATUS OBJECTIVE; s bas ROWS COLUMNS PRIMAL DUAL OBJECTIVE
  const optimal = /^s (?:mip \d+ \d+ o|bas \d+ \d+ f f) (\S+)$/m.exec(solution)
  if (optimal === null) throw new Error(`glpsol proved nothing:\n${printed}`)
  return Number(optimal[1])
}
