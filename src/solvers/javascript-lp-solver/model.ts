import type { LinearProgram } from '../../../models/linear-program/program.js'
import { createModel, type TableauModel } from './runtime.js'

export type Variable = TableauModel['variables'][number]
type Term = readonly [coefficient: number, variable: Variable]

/** A program as javascript-lp-solver takes it, and the way back. */
export interface SubstitutedModel {
  readonly model: TableauModel
  /** The value of a column, given those of its variables. */
  columnValue(column: number, amountOf: (variable: Variable) => number): number
}

/** A column is a number and a sum of variables. */
interface Substitution {
  readonly shift: number
  readonly terms: readonly Term[]
}

/**
 * Variables go from 0 up, and all other bounds are rows: a column with a lower bound is counted from it, one with only an
 * upper bound down from that, and a free one is the difference of two variables. Names given to columns mean nothing
 * here.
 */
export function substitutedModel(program: LinearProgram): SubstitutedModel {
  const model = createModel()
  // It takes what has no upper bound for at most 1e10, and so bytes for infeasible.
  model.usePresolve = false
  // Where it believes to see a cycle it calls the program infeasible.
  model.checkForCycles = false
  model.keep_solutions = true
  const substituted = Array.from({ length: program.columns }, (_, column) => substitute(model, program, column))
  for (let row = 0; row < program.rows; row++) {
    let constant = 0
    const terms: Term[] = []
    for (let entry = program.rowStart[row] as number; entry < (program.rowStart[row + 1] as number); entry++) {
      const value = program.entryValue[entry] as number
      const { shift, terms: parts } = substituted[program.entryColumn[entry] as number] as Substitution
      constant += value * shift
      for (const [sign, variable] of parts) terms.push([sign * value, variable])
    }
    addRow(model, (program.rowLower[row] as number) - constant, (program.rowUpper[row] as number) - constant, terms)
  }
  return {
    model,
    columnValue: (column, amountOf) => {
      const { shift, terms } = substituted[column] as Substitution
      return terms.reduce((sum, [sign, variable]) => sum + sign * amountOf(variable), shift)
    }
  }
}

function substitute(model: TableauModel, program: LinearProgram, column: number): Substitution {
  const lower = program.columnLower[column] as number
  const upper = program.columnUpper[column] as number
  const addTerm = (sign: number): Term => {
    const cost = sign * (program.cost[column] as number)
    return [sign, model.addVariable(cost, String(model.nVariables), program.integer[column] === 1)]
  }
  const isAbove = upper < Number.POSITIVE_INFINITY
  if (lower > Number.NEGATIVE_INFINITY) {
    const term = addTerm(1)
    if (isAbove) addRow(model, Number.NEGATIVE_INFINITY, upper - lower, [term])
    return { shift: lower, terms: [term] }
  }
  // What it calls unrestricted it has left at 0 where falling would have been cheaper.
  return isAbove ? { shift: upper, terms: [addTerm(-1)] } : { shift: 0, terms: [addTerm(1), addTerm(-1)] }
}

function addRow(model: TableauModel, lower: number, upper: number, terms: readonly Term[]): void {
  const rows = [
    ...(lower > Number.NEGATIVE_INFINITY ? [model.greaterThan(lower)] : []),
    ...(upper < Number.POSITIVE_INFINITY ? [model.smallerThan(upper)] : [])
  ]
  for (const row of rows) for (const [coefficient, variable] of terms) row.addTerm(coefficient, variable)
}
