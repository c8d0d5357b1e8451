import type { SolverRun } from './run-solver.js'

/** Arguments that make cbc prove its optimum and write it down: a file name without a dot it takes for a command. */
export const cbcArguments = ['-ratioGap', '0', '-allowableGap', '0', '-solve', '-solution', 'solution.txt']

/**
 * What a run of cbc found, by the first line of its solution: the optimum, Infinity where there is no answer, −Infinity where they fall for
 * ever. Throws on everything else, and where the file was not read in full: then cbc solves what it has read, and ends with 0 as always.
 */
export function readCbc({ printed, solution }: SolverRun): number {
  const [, status = '', value] = /^(.+?) - objective value +(\S+)/.exec(solution) ?? []
  if (value === undefined || /read with [1-9]|errors on input/.test(printed)) throw new Error(`cbc:\n${printed}`)
  if (/^(Integer infeasible|Infeasible)$/.test(status)) return Infinity
  if (status === 'Unbounded') return -Infinity
  if (status !== 'Optimal') throw new Error(`cbc: ${status}\n${printed}`)
  return Number(value)
}
