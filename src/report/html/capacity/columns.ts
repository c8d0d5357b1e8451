import type { Column } from '../table.js'

/** Columns of text. */
export function words(...headings: readonly string[]): Column[] {
  return headings.map((heading) => ({ heading }))
}

/** Columns of numbers. */
export function numbers(...headings: readonly string[]): Column[] {
  return headings.map((heading) => ({ heading, isNumber: true }))
}
