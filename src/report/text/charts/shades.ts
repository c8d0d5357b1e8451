import type { Style } from '../style.js'
import { type Part, paintSeries } from './parts.js'

const SHADES = ['█', '▒', '░', '▓', '▞', '▤']
const ASCII = ['#', '=', '-', '+', '%', '.']

/** What a band of a stack is filled with: shades differ without colours, too. */
export function shadeOf(band: number, { ascii }: Style): string {
  const shades = ascii ? ASCII : SHADES
  return shades[band % shades.length] ?? '#'
}

/** So many columns of a band. */
export function shade(band: number, columns: number, style: Style): Part {
  return paintSeries(shadeOf(band, style).repeat(Math.max(0, columns)), band, style)
}
