import type { LinearProgram } from '../../../models/linear-program/program.js'

interface GlpkBounds {
  readonly type: number
  readonly lb: number
  readonly ub: number
}

interface GlpkTerm {
  readonly name: string
  readonly coef: number
}

/** A program as glpk.js takes it. Columns and rows go by their indices: names given to them mean nothing here. */
export interface GlpkModel {
  readonly name: string
  readonly objective: { readonly direction: number; readonly name: string; readonly vars: readonly GlpkTerm[] }
  readonly subjectTo: readonly {
    readonly name: string
    readonly vars: readonly GlpkTerm[]
    readonly bnds: GlpkBounds
  }[]
  readonly bounds: readonly (GlpkBounds & { readonly name: string })[]
  readonly generals: readonly string[]
}

export interface GlpkOptions {
  readonly msglev: number
  readonly presol: boolean
  readonly mipgap: number
  /** Seconds. */
  readonly tmlim?: number
}

export interface GlpkResult {
  readonly result: { readonly status: number; readonly z: number; readonly vars: Readonly<Record<string, number>> }
}

export function glpkModel(program: LinearProgram): GlpkModel {
  const columns = Array.from({ length: program.columns }, (_, column) => String(column))
  return {
    name: 'program',
    objective: {
      direction: 1,
      name: 'cost',
      vars: columns.map((name, column) => ({ name, coef: program.cost[column] as number }))
    },
    subjectTo: Array.from({ length: program.rows }, (_, row) => ({
      name: String(row),
      vars: termsOf(program, row, columns),
      bnds: boundsOf(program.rowLower[row] as number, program.rowUpper[row] as number)
    })),
    bounds: columns.map((name, column) => ({
      name,
      ...boundsOf(program.columnLower[column] as number, program.columnUpper[column] as number)
    })),
    generals: columns.filter((_, column) => program.integer[column] === 1)
  }
}

function termsOf(program: LinearProgram, row: number, columns: readonly string[]): GlpkTerm[] {
  const terms: GlpkTerm[] = []
  for (let entry = program.rowStart[row] as number; entry < (program.rowStart[row + 1] as number); entry++) {
    const name = columns[program.entryColumn[entry] as number] as string
    terms.push({ name, coef: program.entryValue[entry] as number })
  }
  return terms
}

/** Types of bounds: free 1, lower 2, upper 3, both 4, fixed 5. GLPK has a greatest number where others have Infinity. */
function boundsOf(lower: number, upper: number): GlpkBounds {
  const [isBelow, isAbove] = [lower > Number.NEGATIVE_INFINITY, upper < Number.POSITIVE_INFINITY]
  const type = lower === upper ? 5 : isBelow ? (isAbove ? 4 : 2) : isAbove ? 3 : 1
  return { type, lb: isBelow ? lower : -Number.MAX_VALUE, ub: isAbove ? upper : Number.MAX_VALUE }
}
