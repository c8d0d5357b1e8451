import type { LinearProgram, ProgramNames } from './program.js'
import { constantColumn, needsConstant, textNames, titleOf } from './text-names.js'
import { wholeBounds } from './whole-bounds.js'

/**
 * A row of the file: at least (G), at most (L) or equal to (E) its right-hand side; `range` widens it to the other
 * side.
 */
interface TextRow {
  readonly row: number
  readonly name: string
  readonly kind: 'E' | 'G' | 'L'
  readonly limit: number
  readonly range?: number
}

/**
 * The program in free MPS format. A row without any bound is left out, one whose bounds contradict each other is
 * written as two, and the constant of the objective is the cost of a column fixed at 1. Numbers are exact, but that a
 * reader computes the upper bound of a two-sided row from the lower one and the range.
 */
export function writeMps(program: LinearProgram, names: ProgramNames): string {
  const { columns, rows } = textNames(program, names)
  const textRows = rows.flatMap((name, row) =>
    rowsOf(name, row, program.rowLower[row] as number, program.rowUpper[row] as number)
  )
  const title = titleOf(program).replaceAll(' ', '_')
  const { lower: columnLower, upper: columnUpper } = wholeBounds(program)
  const boundLines = columns.flatMap((name, column) => {
    const [lower, upper] = [columnLower[column] as number, columnUpper[column] as number]
    return bounds(lower, upper, program.integer[column] === 1).map((bound) => ` ${bound.replace('*', `BOUND ${name}`)}`)
  })
  const ranges = textRows.flatMap(({ name, range }) => (range === undefined ? [] : [` RANGE ${name} ${range}`]))
  // Not by push(…): a large program has more lines than a call may have arguments.
  return [
    // FREE: cbc takes the lines for fixed columns without it.
    [`NAME ${title === '' ? 'program' : title} FREE`, 'ROWS', ' N cost'],
    textRows.map(({ kind, name }) => ` ${kind} ${name}`),
    ['COLUMNS'],
    columnLines(program, columns, textRows),
    ['RHS'],
    textRows.flatMap(({ name, limit }) => (limit === 0 ? [] : [` RHS ${name} ${limit}`])),
    ranges.length > 0 ? ['RANGES'] : [],
    ranges,
    ['BOUNDS'],
    boundLines,
    needsConstant(program) ? [` FX BOUND ${constantColumn} 1`] : [],
    ['ENDATA']
  ]
    .flat()
    .map((line) => `${line}\n`)
    .join('')
}

function rowsOf(name: string, row: number, lower: number, upper: number): TextRow[] {
  if (lower === upper) return [{ row, name, kind: 'E', limit: lower }]
  const atLeast: TextRow = { row, name, kind: 'G', limit: lower }
  const atMost: TextRow = { row, name, kind: 'L', limit: upper }
  if (upper === Number.POSITIVE_INFINITY) return lower === Number.NEGATIVE_INFINITY ? [] : [atLeast]
  if (lower === Number.NEGATIVE_INFINITY) return [atMost]
  if (lower < upper) return [{ ...atLeast, range: upper - lower }]
  return [atLeast, { ...atMost, name: `${name}_upper` }]
}

/** The entries by columns, whole columns between markers. Every column has a cost, if only 0, and so exists. */
function columnLines(program: LinearProgram, columns: readonly string[], textRows: readonly TextRow[]): string[] {
  const entries = columns.map((name, column) => [` ${name} cost ${program.cost[column]}`])
  for (const { row, name } of textRows) {
    for (let entry = program.rowStart[row] as number; entry < (program.rowStart[row + 1] as number); entry++) {
      const column = program.entryColumn[entry] as number
      entries[column]?.push(` ${columns[column]} ${name} ${program.entryValue[entry]}`)
    }
  }
  const lines: string[] = []
  let marked = 0
  const mark = (whole: boolean) => lines.push(` MARKER${marked++} 'MARKER' '${whole ? 'INTORG' : 'INTEND'}'`)
  let inside = false
  for (const [column, own] of entries.entries()) {
    const whole = program.integer[column] === 1
    if (whole !== inside) mark(whole)
    inside = whole
    for (const line of own) lines.push(line)
  }
  if (inside) mark(false)
  if (needsConstant(program)) lines.push(` ${constantColumn} cost ${program.offset}`)
  return lines
}

/**
 * Bounds, `*` standing for the column. Whole columns spell out both: readers differ in what they assume. So does a
 * negative upper bound, which some readers take to lift the lower bound of 0.
 */
function bounds(lower: number, upper: number, whole: boolean): string[] {
  if (lower === upper) return [`FX * ${lower}`]
  if (lower === Number.NEGATIVE_INFINITY && upper === Number.POSITIVE_INFINITY) return ['FR *']
  const below =
    lower === Number.NEGATIVE_INFINITY ? ['MI *'] : lower !== 0 || upper < 0 || whole ? [`LO * ${lower}`] : []
  const above = upper === Number.POSITIVE_INFINITY ? (whole ? ['PL *'] : []) : [`UP * ${upper}`]
  return [...below, ...above]
}
