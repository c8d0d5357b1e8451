import type { LinearProgram } from '../../../models/linear-program/program.js'
import { createModel, type TableauModel } from './runtime.js'

type Variable = TableauModel['variables'][number]
type Term = readonly [coefficient: number, variable: Variable]

/** A column of the program is `shift` + `sign` · its variable. */
interface Substitution {
  readonly shift: number
  readonly sign: 1 | -1
}

/** A program as javascript-lp-solver takes it, and the way back. */
export interface SubstitutedModel {
  readonly model: TableauModel
  /** The value of a column, given the value of its variable. */
  columnValue(column: number, variable: number): number
}

/**
 * Variables go from 0 up, and all other bounds are rows: a column with a lower bound is counted from it, one with only an
 * upper bound down from that. Variables go by the index of their column: names given to columns mean nothing here.
 */
export function substitutedModel(program: LinearProgram): SubstitutedModel {
  const model = createModel()
  // It takes what has no upper bound for at most 1e10, and so bytes for infeasible; and free columns for at least 0.
  model.usePresolve = false
  // Where it believes to see a cycle it calls the program infeasible.
  model.checkForCycles = false
  model.keep_solutions = true
  const substituted: Substitution[] = []
  const variables: Variable[] = []
  for (let column = 0; column < program.columns; column++) {
    const lower = program.columnLower[column] as number
    const upper = program.columnUpper[column] as number
    const [isBelow, isAbove] = [lower > Number.NEGATIVE_INFINITY, upper < Number.POSITIVE_INFINITY]
    const substitution: Substitution =
      !isBelow && isAbove ? { shift: upper, sign: -1 } : { shift: isBelow ? lower : 0, sign: 1 }
    const cost = substitution.sign * (program.cost[column] as number)
    const isWhole = program.integer[column] === 1
    const variable = model.addVariable(cost, String(column), isWhole, !isBelow && !isAbove)
    if (isBelow && isAbove) addRow(model, 0, upper - lower, [[1, variable]])
    substituted.push(substitution)
    variables.push(variable)
  }
  for (let row = 0; row < program.rows; row++) {
    let constant = 0
    const terms: Term[] = []
    for (let entry = program.rowStart[row] as number; entry < (program.rowStart[row + 1] as number); entry++) {
      const column = program.entryColumn[entry] as number
      const value = program.entryValue[entry] as number
      const { shift, sign } = substituted[column] as Substitution
      constant += value * shift
      terms.push([sign * value, variables[column] as Variable])
    }
    addRow(model, (program.rowLower[row] as number) - constant, (program.rowUpper[row] as number) - constant, terms)
  }
  return {
    model,
    columnValue: (column, variable) => {
      const { shift, sign } = substituted[column] as Substitution
      return shift + sign * variable
    }
  }
}

/** A row that only says that one variable is at least 0 is none. */
function addRow(model: TableauModel, lower: number, upper: number, terms: readonly Term[]): void {
  const isVariable = terms.length === 1 && (terms[0]?.[0] as number) > 0
  if (lower > Number.NEGATIVE_INFINITY && !(isVariable && lower === 0)) {
    const row = model.greaterThan(lower)
    for (const [coefficient, variable] of terms) row.addTerm(coefficient, variable)
  }
  if (upper < Number.POSITIVE_INFINITY) {
    const row = model.smallerThan(upper)
    for (const [coefficient, variable] of terms) row.addTerm(coefficient, variable)
  }
}
