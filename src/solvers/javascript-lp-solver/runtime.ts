import javascriptLpSolver from 'javascript-lp-solver'
import type { TableauModel } from './model.js'

/** What the solver says of a model. */
export interface TableauSolution {
  readonly feasible: boolean
  readonly bounded: boolean
  /** Values by name; 0 where there is none. */
  readonly solutionSet: Readonly<Record<string, number>>
}

interface JavascriptLpSolver {
  Solve(model: TableauModel, precision: undefined, full: true): TableauSolution
}

/** Under `module: nodenext` the types of this package wrap its default export once more than its code does. */
export const solver = javascriptLpSolver as unknown as JavascriptLpSolver
