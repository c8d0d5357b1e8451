import type { AnswerHead } from '../../../capacity/question/answer.js'
import { QUESTION_TITLES, type QuestionKind } from '../../capacity/question-titles.js'
import { alignColumns, printable, shorten, wrap } from '../layout.js'
import type { Style } from '../style.js'

/** Longest name of a node or deployment in a table. */
const LONGEST_NAME = 40

/** A name from a file as a cell of a table. */
export function nameCell(name: string): string {
  return shorten(printable(name), LONGEST_NAME)
}

/** What is asked, of which cluster. */
export function titleOf({ kind, study }: AnswerHead<QuestionKind>, style: Style): string[] {
  const question = QUESTION_TITLES[kind]
  const name = study.name === undefined || study.name === '' ? '' : `: ${printable(study.name)}`
  return [style.strong(shorten(`${question}${name}`, style.width))]
}

/** A table with faint heads, two columns in. */
export function renderTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  ends: readonly ('left' | 'right')[],
  style: Style
): string[] {
  return alignColumns([heads.map((head) => style.faint(head)), ...rows], ends).map((line) => `  ${line}`)
}

/** What is to be known beside the figures; nothing where there is nothing. */
export function renderNotes({ notes }: { readonly notes: readonly string[] }, style: Style): string[] {
  return notes.flatMap((note) => {
    const [first = '', ...others] = wrap(printable(note), style.width - 4)
    return [`  · ${first}`, ...others.map((other) => `    ${other}`)]
  })
}

/** Sections, an empty line between those that say something, a newline at the end. */
export function joinSections(sections: readonly (readonly string[])[]): string {
  const told = sections.filter((lines) => lines.length > 0)
  return `${told.map((lines) => lines.join('\n')).join('\n\n')}\n`
}
