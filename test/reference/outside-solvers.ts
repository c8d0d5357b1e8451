import { cbcArguments, readCbc } from './cbc.js'
import { glpsolArguments, readGlpsol } from './glpsol.js'
import { runSolver } from './run-solver.js'

/** A solver's command that reads programs as text. */
export type OutsideSolver = 'cbc' | 'glpsol'

/** Every solver with every format. */
export const outside = (['cbc', 'glpsol'] as const).flatMap((solver) =>
  (['lp', 'mps'] as const).map((format) => [solver, format] as const)
)

/** The optimum of a program's text by a solver that is not ours; Infinity when it is infeasible, −Infinity when it is unbounded. */
export async function solveText(
  command: string,
  solver: OutsideSolver,
  format: 'lp' | 'mps',
  text: string
): Promise<number> {
  const file = `program.${format}`
  const files = { [file]: text }
  if (solver === 'cbc') return readCbc(await runSolver(command, [file, ...cbcArguments], files))
  const reader = format === 'lp' ? '--lp' : '--freemps'
  return readGlpsol(await runSolver(command, [reader, file, ...glpsolArguments], files))
}
