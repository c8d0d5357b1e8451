/** How a text report looks: its width in columns, and what matters marked. Each function returns its text, marked or not. */
export interface Style {
  readonly width: number
  readonly strong: (text: string) => string
  readonly faint: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  /** One of several series of a chart, by its number from 0. */
  readonly series: (text: string, index: number) => string
  /** Whether charts keep to ASCII, for terminals that have nothing else. */
  readonly ascii: boolean
}

/** Longer lines are hard to read, however wide the terminal. */
export const WIDEST = 100

const asItIs = (text: string) => text

export const plainStyle: Style = {
  width: WIDEST,
  strong: asItIs,
  faint: asItIs,
  good: asItIs,
  bad: asItIs,
  series: asItIs,
  ascii: false
}

/** Cyan, yellow, magenta, blue: what is neither good nor bad. */
const SERIES = [36, 33, 35, 34]

/** ANSI escape sequences that every terminal with colours knows. */
export const ansiStyle: Style = {
  width: WIDEST,
  strong: (text) => `\x1b[1m${text}\x1b[22m`,
  faint: (text) => `\x1b[2m${text}\x1b[22m`,
  good: (text) => `\x1b[32m${text}\x1b[39m`,
  bad: (text) => `\x1b[31m${text}\x1b[39m`,
  series: (text, index) => `\x1b[${SERIES[index % SERIES.length]}m${text}\x1b[39m`,
  ascii: false
}
