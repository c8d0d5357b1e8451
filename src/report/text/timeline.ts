import type { Simulation } from '../../simulation/simulation.js'
import { alignColumns, displayWidth, printable, shorten } from './layout.js'
import { formatClock, formatCount } from './numbers.js'
import type { Style } from './style.js'
import { type Row, readRows } from './timeline-rows.js'

/** Beyond so many rows, only some are shown: those that failed, and then the first. */
const MOST_ROWS = 20
const FIRST_ROWS = 10
const LONGEST_NAME = 32
const SHORTEST_NAME = 8
const WIDEST_BAR = 48
const NARROWEST_BAR = 12

/** How each stretch of a migration is drawn. */
const STARTING = '░'
const DRAINING = '▓'
const OTHER = '─'
const WAITING = '·'
const DOWN = '×'

/** Steps by migration, and then by node, in the order in which they were begun: begin, end, a bar of time, what became of it. */
export function renderTimeline(simulation: Simulation, all: boolean, style: Style): string[] {
  const rows = readRows(simulation)
  const { seconds } = simulation
  if (rows.length === 0) return []
  const isWhole = all || rows.length <= MOST_ROWS
  const failed = rows.filter(hasFailed)
  const shown = isWhole ? rows : [...failed, ...rows.filter((row) => !hasFailed(row))].slice(0, FIRST_ROWS)
  let table: string[] = []
  for (let longest = LONGEST_NAME; longest >= SHORTEST_NAME; longest -= 1) {
    const narrow = renderTable(shown, seconds, longest, NARROWEST_BAR, style)
    const spare = style.width - Math.max(...narrow.map(displayWidth))
    if (spare < 0 && longest > SHORTEST_NAME) continue
    table = renderTable(shown, seconds, longest, Math.min(WIDEST_BAR, NARROWEST_BAR + Math.max(0, spare)), style)
    break
  }
  const hidden = rows.length - shown.length
  const order = failed.length > 0 ? '; what failed stands first' : ''
  return [
    ...table,
    ...(hidden > 0
      ? [style.faint(`  … and ${formatCount(hidden, 'more row', 'more rows')}; --all shows them${order}`)]
      : []),
    ...renderLegend(shown).map((line) => style.faint(line))
  ]
}

/** What was never begun has not failed, nor a node that was closed or got in vain. */
function hasFailed({ isGood, isNode, end }: Row): boolean {
  return !isGood && end !== 'cancelled' && !(isNode && end === 'undone')
}

function renderLegend(rows: readonly Row[]): string[] {
  const down = rows.some((row) => row.down !== undefined) ? `  ${DOWN} down` : ''
  const copies = `  ${STARTING} starting  ${DRAINING} draining  ${WAITING} waiting${down}`
  const nodes = `  ${OTHER} a node while it is cordoned, provisioned or released`
  return [
    ...(rows.some(({ isNode }) => !isNode) ? [copies] : []),
    ...(rows.some(({ isNode }) => isNode) ? [nodes] : [])
  ]
}

function renderTable(rows: readonly Row[], seconds: number, longest: number, bar: number, style: Style): string[] {
  const name = (text: string) => shorten(printable(text), longest)
  const scale = `0:00${formatClock(seconds).padStart(Math.max(1, bar - 4))}`
  const header = ['', 'from', 'to', 'begins', 'ends', scale, ''].map((text) => (text === '' ? '' : style.faint(text)))
  const cells = rows.map((row) => {
    const begins = row.steps.flatMap(({ startSeconds }) => startSeconds ?? [])
    const ends = row.steps.flatMap(({ endSeconds }) => endSeconds ?? [])
    return [
      name(row.isNode ? `node ${row.subject}` : row.subject),
      row.from === undefined ? '' : name(row.from),
      row.to === undefined ? '' : name(row.to),
      begins.length === 0 ? '' : formatClock(Math.min(...begins)),
      ends.length === 0 ? '' : formatClock(Math.max(...ends)),
      drawBar(row, seconds, bar),
      describeEnd(row, style)
    ]
  })
  const aligned = alignColumns([header, ...cells], ['left', 'left', 'left', 'right', 'right', 'left', 'left'])
  return aligned.map((line) => `  ${line}`)
}

function drawBar({ steps, down }: Row, seconds: number, width: number): string {
  const bar: string[] = new Array(width).fill(' ')
  const columnAt = (at: number) => Math.min(width - 1, Math.floor((at / Math.max(seconds, 1e-9)) * width))
  const spans = steps.flatMap(({ action, startSeconds, endSeconds }) =>
    startSeconds === null ? [] : [{ action, first: columnAt(startSeconds), last: columnAt(endSeconds ?? seconds) }]
  )
  if (spans.length === 0) return ''
  const [first, last] = [Math.min(...spans.map((span) => span.first)), Math.max(...spans.map((span) => span.last))]
  bar.fill(WAITING, first, last + 1)
  // Short stretches last, so that long ones do not cover them.
  for (const span of [...spans].sort((left, right) => right.last - right.first - (left.last - left.first))) {
    const sign = span.action === 'start' ? STARTING : span.action === 'drain' ? DRAINING : undefined
    const drawn = sign ?? (['shift', 'stop'].includes(span.action) ? undefined : OTHER)
    if (drawn !== undefined) bar.fill(drawn, span.first, span.last + 1)
  }
  if (down !== undefined) {
    for (let column = columnAt(down.first); column <= columnAt(down.last); column++) {
      if (bar[column] !== STARTING) bar[column] = DOWN
    }
  }
  return bar.join('').trimEnd()
}

function describeEnd({ steps, end, isGood }: Row, style: Style): string {
  const attempts = Math.max(...steps.map((step) => step.attempts))
  const again = attempts > 1 ? `, tried ${attempts} times` : ''
  return (isGood ? style.good(end) : end === 'cancelled' ? style.faint(end) : style.bad(end)) + again
}
