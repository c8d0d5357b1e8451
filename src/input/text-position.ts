const MOST_COLUMNS_SHOWN = 72

/** `line 12, column 5: ` and the fault, then the line itself with a caret below the place. Lines and columns count from 1. */
export function describePosition(text: string, offset: number, fault: string): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const next = text.indexOf('\n', offset)
  const line = text.slice(start, next === -1 ? text.length : next).replace(/\r$/, '')
  let lineNumber = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) lineNumber += 1
  const column = offset - start
  // Of a long line (minified files are one) only what surrounds the place.
  const from = Math.max(0, Math.min(column - MOST_COLUMNS_SHOWN / 2, line.length - MOST_COLUMNS_SHOWN))
  const shown = line.slice(from, from + MOST_COLUMNS_SHOWN).replace(/\p{Cc}/gu, ' ')
  return (
    `line ${lineNumber}, column ${column + 1}: ${fault}\n` +
    `  ${lineNumber} | ${shown}\n` +
    `  ${' '.repeat(String(lineNumber).length)} | ${' '.repeat(column - from)}^`
  )
}
