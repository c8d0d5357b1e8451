/** How a text report marks what matters. Each function returns the text, marked or as it is. */
export interface Style {
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
}

const asItIs = (text: string) => text

export const plainStyle: Style = { strong: asItIs, faint: asItIs, good: asItIs, bad: asItIs }

/** ANSI escape sequences that every terminal with colours knows. */
export const ansiStyle: Style = {
  strong: (text) => `\x1b[1m${text}\x1b[22m`,
  faint: (text) => `\x1b[2m${text}\x1b[22m`,
  good: (text) => `\x1b[32m${text}\x1b[39m`,
  bad: (text) => `\x1b[31m${text}\x1b[39m`
}
