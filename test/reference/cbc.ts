/** Arguments that make cbc prove its optimum and write it to the file `solution.txt`: without a dot it takes the name for a command. */
export const cbcArguments = [
  '-ratioGap',
  '0',
  '-allowableGap',
  '0',
  '-seconds',
  '20',
  '-solve',
  '-solution',
  'solution.txt'
]

/**
 * What a run of cbc found, from the first line of its solution: the optimum, or null where it says that there is none. Its exit code is 0
 * whatever happens. Throws on everything else.
 */
export function readCbc(printed: string, solution: string): number | null {
  const [, status = '', value] = /^(.+) - objective value +(\S+)/.exec(solution) ?? []
  // A file that it cannot read in full it solves all the same.
  if (/read with [1-9]|errors on input/.test(printed) || value === undefined) throw new Error(`cbc:\n${printed}`)
  if (/infeasible/i.test(status)) return null
  if (status !== 'Optimal') throw new Error(`cbc: ${status}\n${printed}`)
  return Number(value)
}
