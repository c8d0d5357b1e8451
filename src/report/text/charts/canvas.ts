import type { Style } from '../style.js'
import { type Part, paintSeries } from './parts.js'

/** Dots in rows and columns of characters; a later dot is painted over an earlier one. */
export interface Canvas {
  /** In dots. */
  readonly across: number
  readonly down: number
  /** Whether dots are so small that dashes can be seen. */
  readonly isFine: boolean
  /** Series 0 and up; a dot outside is left out. */
  readonly dot: (x: number, y: number, series: number) => void
  readonly rows: () => Part[][]
}

const BRAILLE = 0x2800
/** The bit of each dot of a Braille character, by row and column. */
const BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80]
]

/** What a series is drawn with in ASCII. */
const MARKS = ['*', '+', 'o', 'x', '@', '%']

/** A canvas of so many characters: Braille with 2 × 4 dots each, or one dot each in ASCII. */
export function makeCanvas(columns: number, lines: number, style: Style): Canvas {
  const [wide, high] = style.ascii ? [1, 1] : [2, 4]
  const bits = new Uint8Array(columns * lines)
  const owners = new Int32Array(columns * lines).fill(-1)
  const write = (cell: number): string => {
    const owner = owners[cell] ?? -1
    if (owner < 0) return ' '
    return style.ascii ? markOf(owner) : String.fromCharCode(BRAILLE + (bits[cell] ?? 0))
  }
  return {
    across: columns * wide,
    down: lines * high,
    isFine: !style.ascii,
    dot: (x, y, series) => {
      const [column, line] = [Math.floor(x / wide), Math.floor(y / high)]
      if (column < 0 || column >= columns || line < 0 || line >= lines) return
      const cell = line * columns + column
      bits[cell] = (bits[cell] ?? 0) | (BITS[y - line * high]?.[x - column * wide] ?? 0)
      owners[cell] = series
    },
    rows: () =>
      Array.from({ length: lines }, (_, line) => {
        const parts: { text: string; owner: number }[] = []
        for (let cell = line * columns; cell < (line + 1) * columns; cell++) {
          const owner = owners[cell] ?? -1
          const last = parts.at(-1)
          if (last !== undefined && last.owner === owner) last.text += write(cell)
          else parts.push({ text: write(cell), owner })
        }
        return parts.map(({ text, owner }) => paintSeries(text, owner, style))
      })
  }
}

/** The mark of a series in ASCII. */
export function markOf(series: number): string {
  return MARKS[series % MARKS.length] ?? '*'
}
