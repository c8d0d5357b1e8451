import { formatValue } from '../charts/describe.js'
import { readValue } from '../charts/series.js'
import { type Content, type Markup, markup } from '../markup.js'
import { drawText, drawTitle, type Frame, type Heading, px, readFrame, writePicture } from './picture.js'
import { drawNothing } from './plot.js'
import { fitText, textWidth } from './text-width.js'

export interface HeatMap extends Heading {
  /** What the cells count, with its unit. */
  readonly value: { readonly label: string; readonly format?: (value: number) => string }
  readonly columns: readonly string[]
  /** From the top; beyond sixty rows or columns, the rest is counted and not drawn. null: not known, left empty. */
  readonly rows: readonly { readonly label: string; readonly values: readonly (number | null)[] }[]
}

const MOST = 60
const ROW = 24
/** How strong the colour of each fifth is; on the strongest, letters have the colour of the page. */
const STRENGTHS = [0.08, 0.2, 0.34, 0.5, 0.94]

/** Values of rows and columns, the greater the stronger their colour, each written where it has room. */
export function heatMap(chart: HeatMap, place: Frame = {}): Markup {
  const frame = readFrame(place)
  const { width } = frame
  const columns = chart.columns.slice(0, MOST)
  const rows = chart.rows.slice(0, MOST).map(({ label, values }) => ({
    label,
    values: columns.map((_, column) => readValue(values[column]))
  }))
  const write = chart.value.format ?? formatValue
  const heading = { title: chart.title, description: chart.description ?? describeCells(chart, rows, write) }
  if (rows.length === 0 || columns.length === 0) return drawNothing(heading, frame)
  const title = drawTitle(chart.title, width)
  const known = rows.flatMap(({ values }) => values.flatMap((value) => value ?? []))
  const [least, most] = [Math.min(0, ...known), Math.max(0, ...known)]
  const names = Math.min(width * 0.3, Math.max(...rows.map(({ label }) => textWidth(label)))) + 10
  const cell = (width - names) / columns.length
  const isSlanted = columns.some((name) => textWidth(name) > cell - 6)
  const above = isSlanted ? Math.min(110, Math.max(...columns.map((name) => textWidth(name))) * 0.75 + 14) : 20
  const top = title.bottom + 18 + above
  const strengthOf = (value: number) =>
    STRENGTHS[Math.min(4, Math.floor(most === least ? 0 : ((value - least) / (most - least)) * 5))] ?? 0
  const cells = rows.map(({ label, values }, row) => {
    const y = top + row * ROW
    return [
      drawText(label, { x: names - 10, y: y + ROW / 2 + 4, width: names - 10, kind: 'end' }),
      values.map((value, column) => {
        const x = names + column * cell
        if (value === null) return null
        const strength = strengthOf(value)
        const written = write(value)
        const fits = textWidth(written) <= cell - 6
        return markup`<rect class="fill s1" fill-opacity="${strength}" x="${px(x + 1)}" y="${px(y + 1)}" width="${px(Math.max(1, cell - 2))}" height="${ROW - 2}" rx="2"><title>${label}, ${columns[column]}: ${written}</title></rect>${fits && markup`<text class="middle${strength > 0.6 ? ' on' : ''}" x="${px(x + cell / 2)}" y="${px(y + ROW / 2 + 4)}">${written}</text>`}`
      })
    ]
  })
  const untold = [
    [chart.rows.length - rows.length, 'rows'],
    [chart.columns.length - columns.length, 'columns']
  ] as const
  const note = untold.flatMap(([count, what]) => (count > 0 ? [`${count} more ${what}`] : [])).join(', ')
  const bottom = top + rows.length * ROW
  const drawn = markup`${title.drawn}
${drawText(`${chart.value.label}: from ${write(least)}, faint, to ${write(most)}, strong`, { x: 0, y: title.bottom + 10, width, kind: 'faint' })}
${drawColumns(columns, { names, cell, top, above, width, isSlanted })}${cells}
${note === '' ? null : drawText(`and ${note}, not drawn`, { x: 0, y: bottom + 18, width, kind: 'faint' })}`
  return writePicture(heading, frame, bottom + (note === '' ? 6 : 28), drawn)
}

interface Columns {
  readonly names: number
  readonly cell: number
  readonly top: number
  readonly above: number
  readonly width: number
  readonly isSlanted: boolean
}

/** Names above their columns, slanted where they are wider; every second, third, … where even so they would touch. */
function drawColumns(columns: readonly string[], { names, cell, top, above, isSlanted, width }: Columns): Content {
  const every = isSlanted ? Math.ceil(18 / cell) : 1
  return columns.map((name, column) => {
    if (column % every !== 0) return null
    const x = names + (column + 0.5) * cell
    if (!isSlanted) return drawText(name, { x, y: top - 7, width: cell - 4, kind: 'faint middle' })
    const room = Math.min((above - 10) / 0.75, (width - x) / 0.7)
    return markup`<text class="faint" transform="translate(${px(x)} ${px(top - 6)}) rotate(-45)">${fitText(name, room)}</text>`
  })
}

function describeCells(
  { value, columns }: HeatMap,
  rows: readonly { readonly label: string; readonly values: readonly (number | null)[] }[],
  write: (value: number) => string
): string {
  const told = rows.slice(0, 12).map(({ label, values }) => {
    const known = values.flatMap((one) => one ?? [])
    return known.length === 0
      ? `${label}: nothing known.`
      : `${label}: ${write(Math.min(...known))} to ${write(Math.max(...known))}.`
  })
  return `${value.label}, ${rows.length} rows by ${columns.length} columns. ${told.join(' ')}`
}
