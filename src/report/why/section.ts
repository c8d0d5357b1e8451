import { formatAmount } from '../text/numbers.js'

/** A part of an answer in words: what it is about, and what there is to say of it. How it looks is up to who shows it. */
export interface Section {
  /** Left out where the words go on from those before. */
  readonly title?: string
  /** What is said beside the title. */
  readonly aside?: string
  readonly table?: Table
  readonly lines: readonly Line[]
}

/** A sentence, or one of several things with what it comes to. */
export type Line =
  | { readonly kind: 'sentence'; readonly text: string }
  | { readonly kind: 'item'; readonly text: string; readonly note?: string }

/** Rows of texts below a head. */
export interface Table {
  readonly head: readonly string[]
  readonly ends: readonly ('left' | 'right')[]
  readonly rows: readonly (readonly string[])[]
}

export function sentences(texts: readonly string[]): Line[] {
  return texts.map((text) => ({ kind: 'sentence', text }))
}

export function item(text: string, note?: string): Line {
  return { kind: 'item', text, ...(note !== undefined && { note }) }
}

/** The first of many things, and how many more there are. */
export function someOf<Value>(values: readonly Value[], most: number, tell: (value: Value) => Line): Line[] {
  const more = values.length - most
  return [...values.slice(0, most).map(tell), ...(more > 0 ? sentences([`… and ${formatAmount(more)} more`]) : [])]
}
