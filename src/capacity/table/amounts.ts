import { describeValue } from '../../../models/contract/describe-input.js'

/** What is wrong with a cell. */
export interface CellFault {
  readonly found: string
  readonly expected: string
  readonly hint?: string
}

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/
const LARGEST = 1e15

/**
 * The number in a cell, at least 0, or what is wrong with it. `what` says what it counts, such as `requests per second`. Units,
 * currencies and decimal commas are faults: nobody can know what they mean.
 */
export function readAmount(cell: unknown, what: string): number | CellFault {
  if (cell === '') return { found: 'an empty cell', expected: `a number: ${what}` }
  if (typeof cell !== 'number' && typeof cell !== 'string') {
    return { found: describeValue(cell), expected: `a number: ${what}` }
  }
  if (typeof cell === 'string' && !PLAIN.test(cell)) return notPlain(cell, what)
  const value = Number(cell)
  if (Number.isNaN(value)) return { found: String(value), expected: `a number: ${what}` }
  if (value < 0) return { found: String(cell), expected: `at least 0: ${what}` }
  if (value > LARGEST) return { found: String(cell), expected: `at most ${LARGEST}: ${what}` }
  return value + 0
}

function notPlain(cell: string, what: string): CellFault {
  const found = describeValue(cell)
  if (/^[+-]?\d+(?:[.,' ]\d+)+$/.test(cell)) {
    const hint = 'a point before decimals, and nothing between thousands'
    return { found, expected: `a number such as 1234.5: ${what}`, hint }
  }
  if (/^[^\d\s+-]{0,3}\s*[+-]?\d/.test(cell) && /[^\d\s.,eE+-]/.test(cell)) {
    return { found, expected: `a number without a unit: ${what}` }
  }
  return { found, expected: `a number: ${what}` }
}
