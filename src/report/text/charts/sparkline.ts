import { readValue } from '../../charts/series.js'
import type { Style } from '../style.js'

const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']
const ASCII = ['_', '.', '-', '=', '+', '*', '#', '@']

/**
 * A series in one line of at most so many columns, from 0, or the least below it, to its greatest value: each column shows the
 * greatest of those that share it. A space where nothing is known.
 */
export function sparkline(
  values: readonly (number | null)[],
  columns: number,
  { ascii }: Pick<Style, 'ascii'>
): string {
  const known = values.map(readValue)
  const width = Math.max(0, Math.min(Math.floor(columns), known.length))
  const shown = Array.from({ length: width }, (_, column) => {
    const here = known.slice(
      Math.floor((column * known.length) / width),
      Math.floor(((column + 1) * known.length) / width)
    )
    return here.reduce((most, value) => (value === null || (most !== null && most >= value) ? most : value), null)
  })
  const present = shown.flatMap((value) => value ?? [])
  const [least, most] = [Math.min(0, ...present), Math.max(0, ...present)]
  const signs = ascii ? ASCII : LEVELS
  return shown
    .map((value) => {
      if (value === null) return ' '
      const share = most === least ? 0 : (value - least) / (most - least)
      return signs[Math.min(signs.length - 1, Math.round(share * (signs.length - 1)))] ?? ' '
    })
    .join('')
}
