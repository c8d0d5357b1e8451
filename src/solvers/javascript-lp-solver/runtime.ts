import javascriptLpSolver from 'javascript-lp-solver'

/** Under `module: nodenext` the types of this package wrap its default export once more than its code does. */
const solver = javascriptLpSolver as unknown as typeof javascriptLpSolver.default

export type TableauModel = InstanceType<typeof solver.Model>

/** A model without columns and rows. */
export function createModel(): TableauModel {
  return new solver.Model()
}
