import type { LinearProgram } from '../../../models/linear-program/program.js'

interface TableauBounds {
  readonly min?: number
  readonly max?: number
  readonly equal?: number
}

/** A program as javascript-lp-solver takes it: all variables from 0 up, every other bound a row. */
export interface TableauModel {
  readonly optimize: string
  readonly opType: 'min'
  readonly constraints: Readonly<Record<string, TableauBounds>>
  readonly variables: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly ints: Readonly<Record<string, true>>
  readonly unrestricted: Readonly<Record<string, true>>
  readonly options: { readonly presolve: boolean; readonly exitOnCycles: boolean; readonly timeout?: number }
}

/** A column is `shift` + `sign` · variable. */
export interface Substitution {
  readonly shift: number
  readonly sign: 1 | -1
}

/** A column with a lower bound is counted from it, one with only an upper bound down from that. */
export function substitutions({ columns, columnLower, columnUpper }: LinearProgram): Substitution[] {
  return Array.from({ length: columns }, (_, column) => {
    const lower = columnLower[column] as number
    const upper = columnUpper[column] as number
    if (lower !== Number.NEGATIVE_INFINITY) return { shift: lower, sign: 1 }
    return upper === Number.POSITIVE_INFINITY ? { shift: 0, sign: 1 } : { shift: upper, sign: -1 }
  })
}

export function tableauModel(
  program: LinearProgram,
  substituted: readonly Substitution[],
  timeout: number
): TableauModel {
  const constraints: Record<string, TableauBounds> = {}
  const variables: Record<string, Record<string, number>> = {}
  const ints: Record<string, true> = {}
  const unrestricted: Record<string, true> = {}
  for (const [column, { sign }] of substituted.entries()) {
    const name = `x${column}`
    const lower = program.columnLower[column] as number
    const upper = program.columnUpper[column] as number
    const width = upper - lower
    const isBounded = Number.isFinite(width)
    variables[name] = { cost: sign * (program.cost[column] as number), ...(isBounded ? { [`b${column}`]: 1 } : {}) }
    if (isBounded) constraints[`b${column}`] = width === 0 ? { equal: 0 } : { max: width }
    if (program.integer[column] === 1) ints[name] = true
    if (lower === Number.NEGATIVE_INFINITY && upper === Number.POSITIVE_INFINITY) unrestricted[name] = true
  }
  for (let row = 0; row < program.rows; row++) {
    let constant = 0
    for (let entry = program.rowStart[row] as number; entry < (program.rowStart[row + 1] as number); entry++) {
      const column = program.entryColumn[entry] as number
      const value = program.entryValue[entry] as number
      const { shift, sign } = substituted[column] as Substitution
      constant += value * shift
      ;(variables[`x${column}`] as Record<string, number>)[`r${row}`] = sign * value
    }
    const lower = (program.rowLower[row] as number) - constant
    const upper = (program.rowUpper[row] as number) - constant
    constraints[`r${row}`] =
      lower === upper
        ? { equal: lower }
        : {
            ...(lower === Number.NEGATIVE_INFINITY ? {} : { min: lower }),
            ...(upper === Number.POSITIVE_INFINITY ? {} : { max: upper })
          }
  }
  return {
    optimize: 'cost',
    opType: 'min',
    constraints,
    variables,
    ints,
    unrestricted,
    options: { presolve: false, exitOnCycles: true, ...(Number.isFinite(timeout) ? { timeout } : {}) }
  }
}
