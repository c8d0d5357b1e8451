import fc from 'fast-check'
import { expect } from 'vitest'
import { displayWidth } from '../../../src/report/text/layout.js'
import { ansiStyle, plainStyle, type Style } from '../../../src/report/text/style.js'

/** Styles of all kinds, also narrower than any terminal. */
export const anyStyle = fc
  .record({ width: fc.integer({ min: 4, max: 120 }), ascii: fc.boolean(), colours: fc.boolean() })
  .map(({ width, ascii, colours }): Style => ({ ...(colours ? ansiStyle : plainStyle), width, ascii }))

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences of our own styles.
const STYLING = /\x1b\[\d+m/g
const CONTROL = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u

/** What holds of every chart: no line is too wide, nothing drives the terminal, and no space ends a line. */
export function expectChart(lines: readonly string[], { width }: Style): void {
  for (const line of lines) {
    const bare = line.replace(STYLING, '')
    expect(displayWidth(bare)).toBeLessThanOrEqual(width)
    expect(bare).not.toMatch(CONTROL)
    expect(bare).toBe(bare.trimEnd())
  }
}
