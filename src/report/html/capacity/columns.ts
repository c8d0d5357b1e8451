import type { Column } from '../table.js'

/** Columns of text. */
export function words(...headings: readonly string[]): Column[] {
  return headings.map((heading) => ({ heading }))
}

/** Columns of sentences. */
export function prose(...headings: readonly string[]): Column[] {
  return headings.map((heading) => ({ heading, isProse: true }))
}

/** Columns of numbers. */
export function numbers(...headings: readonly string[]): Column[] {
  return headings.map((heading) => ({ heading, isNumber: true }))
}
