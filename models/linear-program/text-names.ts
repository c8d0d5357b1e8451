import type { LinearProgram, ProgramNames } from './program.js'

/** Longest readable part of a name: some readers take no more than 255 characters a line. */
const readableLength = 48

/**
 * Names that every reader of LP and MPS files takes: a letter and the index, which make them unique and no number or
 * keyword, then what can be kept of the given name, as in `x12_open_node_7`.
 */
export function textNames(program: LinearProgram, names: ProgramNames): ProgramNames {
  const readable = (letter: string, count: number, given: readonly string[]) =>
    Array.from({ length: count }, (_, index) => {
      const kept = (given[index] ?? '').replace(/[^A-Za-z0-9]+/g, '_').replace(/^_|_$/g, '')
      return `${letter}${index}${kept === '' ? '' : '_'}${kept.slice(0, readableLength)}`
    })
  return { columns: readable('x', program.columns, names.columns), rows: readable('r', program.rows, names.rows) }
}

/** Longest title: cbc aborts where it reads a longer one, from some 150 characters in MPS and some thousand in LP. */
const longestTitle = 100

/** The name of a program on one line, or its beginning. */
export function titleOf(program: LinearProgram): string {
  return program.name
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, longestTitle)
    .trim()
}

/**
 * A column fixed at 1 that carries the constant of the objective: constants themselves are read in as many ways as
 * there are readers.
 */
export const constantColumn = 'one'

/** Whether the text needs that column; a program without any column needs it to be a program at all. */
export function needsConstant(program: LinearProgram): boolean {
  return program.offset !== 0 || program.columns === 0
}
