import type { Result } from '../../../models/contract/result.js'
import type { WhyAnswer } from '../../review/why/why.js'
import type { Line, Section } from '../why/section.js'
import { tellWhy } from '../why/tell-why.js'
import { alignColumns, indent, wrap } from './layout.js'
import { plainStyle, type Style } from './style.js'

/** An answer of `why` for people. Lines keep to the width of the style; a newline ends the last. */
export function renderWhy(answer: WhyAnswer, result: Result | undefined, style: Style = plainStyle): string {
  const sections = tellWhy(answer, result).map((section) => renderSection(section, style))
  if (answer.kind === 'why-cluster' && answer.groups.length > 0)
    sections.at(-1)?.push(...indent(['why --node asks about one.'], style))
  return sections.map((lines) => `${lines.join('\n')}\n`).join('\n')
}

function renderSection({ title, aside, table, lines }: Section, style: Style): string[] {
  const name = title === undefined ? [] : [style.strong(title)]
  // What has an aside is what all is about: it stands by itself.
  const head = aside === undefined ? name : [[...name, style.faint(aside)].join('  '), '']
  const rows = table === undefined ? [] : alignColumns([table.head.map(style.faint), ...table.rows], table.ends)
  return [...head, ...rows.map((row) => `  ${row}`), ...lines.flatMap((line) => renderLine(line, style))]
}

/** Sentences two columns in; items, too, hanging behind their first line, with what they come to below. */
function renderLine(line: Line, style: Style): string[] {
  if (line.kind === 'sentence') return indent([line.text], style)
  const note = line.note === undefined ? [] : hang(line.note, style, 4).map(style.faint)
  return [...hang(line.text, style, 2), ...note]
}

function hang(text: string, { width }: Style, by: number): string[] {
  return wrap(text, width - by - 2).map((line, index) => `${' '.repeat(index === 0 ? by : by + 2)}${line}`)
}
