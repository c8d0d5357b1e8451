import type { LinearProgram, ProgramNames } from './program.js'
import { constantColumn, needsConstant, textNames, titleOf } from './text-names.js'
import { wholeBounds } from './whole-bounds.js'

const termsPerLine = 6

/**
 * The program in CPLEX LP format, in the part of it that all readers share: a two-sided row is written as two, a row
 * without any bound is left out (but a file has at least one row), and the constant of the objective is the cost of a
 * column fixed at 1. Every column appears in the objective, so that readers keep the columns and their order. Numbers
 * are exact.
 */
export function writeLp(program: LinearProgram, names: ProgramNames): string {
  const { columns, rows } = textNames(program, names)
  const lines = [`\\ ${titleOf(program)}`, 'Minimize', ...objective(program, columns), 'Subject To']
  for (let row = 0; row < program.rows; row++) {
    for (const line of constraint(program, columns, rows[row] as string, row)) lines.push(line)
  }
  if (lines.at(-1) === 'Subject To')
    lines.push(...expression('none', [term(0, columns[0] ?? constantColumn)]), '  >= 0')
  const { lower: columnLower, upper: columnUpper } = wholeBounds(program)
  const generals: string[] = []
  const binaries: string[] = []
  lines.push('Bounds')
  for (let column = 0; column < program.columns; column++) {
    const name = columns[column] as string
    const lower = columnLower[column] as number
    const upper = columnUpper[column] as number
    const whole = program.integer[column] === 1
    if (whole && lower === 0 && upper === 1) {
      binaries.push(` ${name}`)
      continue
    }
    if (whole) generals.push(` ${name}`)
    lines.push(...bounds(name, lower, upper))
  }
  if (needsConstant(program)) lines.push(` ${constantColumn} = 1`)
  // Not by push(…): a large program has more columns than a call may have arguments.
  const section = (title: string, listed: readonly string[]) => (listed.length === 0 ? [] : [title, ...listed])
  return `${[...lines, ...section('Generals', generals), ...section('Binaries', binaries), 'End'].join('\n')}\n`
}

function objective(program: LinearProgram, columns: readonly string[]): string[] {
  const terms = columns.map((name, column) => term(program.cost[column] as number, name))
  if (needsConstant(program)) terms.push(term(program.offset, constantColumn))
  return expression('cost', terms)
}

function constraint(program: LinearProgram, columns: readonly string[], name: string, row: number): string[] {
  const terms: string[] = []
  for (let entry = program.rowStart[row] as number; entry < (program.rowStart[row + 1] as number); entry++) {
    const column = columns[program.entryColumn[entry] as number] as string
    terms.push(term(program.entryValue[entry] as number, column))
  }
  if (terms.length === 0) terms.push(term(0, columns[0] ?? constantColumn))
  const lower = program.rowLower[row] as number
  const upper = program.rowUpper[row] as number
  const side = (suffix: string, relation: string, limit: number) => [
    ...expression(`${name}${suffix}`, terms),
    `  ${relation} ${limit}`
  ]
  if (lower === upper) return side('', '=', lower)
  const both = lower > Number.NEGATIVE_INFINITY && upper < Number.POSITIVE_INFINITY
  return [
    ...(lower > Number.NEGATIVE_INFINITY ? side(both ? '_lower' : '', '>=', lower) : []),
    ...(upper < Number.POSITIVE_INFINITY ? side(both ? '_upper' : '', '<=', upper) : [])
  ]
}

function expression(name: string, terms: readonly string[]): string[] {
  const lines = [` ${name}:`]
  for (let first = 0; first < terms.length; first += termsPerLine) {
    lines.push(`  ${terms.slice(first, first + termsPerLine).join(' ')}`)
  }
  return lines
}

function term(value: number, name: string): string {
  return `${value < 0 ? '-' : '+'} ${Math.abs(value)} ${name}`
}

/** The format's own default is 0 ≤ x < ∞. */
function bounds(name: string, lower: number, upper: number): string[] {
  if (lower === upper) return [` ${name} = ${lower}`]
  if (upper < Number.POSITIVE_INFINITY)
    return [` ${lower === Number.NEGATIVE_INFINITY ? '-inf' : lower} <= ${name} <= ${upper}`]
  if (lower === Number.NEGATIVE_INFINITY) return [` ${name} free`]
  return lower === 0 ? [] : [` ${name} >= ${lower}`]
}
