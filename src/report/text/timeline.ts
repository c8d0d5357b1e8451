import type { SimulatedStep } from '../../simulation/timeline.js'
import { alignColumns, displayWidth, printable, shorten } from './layout.js'
import { formatClock, formatCount } from './numbers.js'
import type { Style } from './style.js'

/** What belongs together: a migration, or one leg of it; a copy that comes or goes; what is done to a node. */
interface Row {
  readonly subject: string
  readonly from: string | undefined
  readonly to: string | undefined
  readonly steps: SimulatedStep[]
}

/** Beyond so many rows, only the first are shown. */
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

/** Steps by migration, and then by node, in the order in which they were begun: begin, end, a bar of time, what became of it. */
export function renderTimeline(steps: readonly SimulatedStep[], seconds: number, all: boolean, style: Style): string[] {
  const rows = groupSteps(steps)
  if (rows.length === 0) return []
  const shown = all || rows.length <= MOST_ROWS ? rows : rows.slice(0, FIRST_ROWS)
  let table: string[] = []
  for (let longest = LONGEST_NAME; longest >= SHORTEST_NAME; longest -= 1) {
    const narrow = renderTable(shown, seconds, longest, NARROWEST_BAR, style)
    const spare = style.width - Math.max(...narrow.map(displayWidth))
    if (spare < 0 && longest > SHORTEST_NAME) continue
    table = renderTable(shown, seconds, longest, Math.min(WIDEST_BAR, NARROWEST_BAR + Math.max(0, spare)), style)
    break
  }
  const hidden = rows.length - shown.length
  return [
    ...table,
    ...(hidden > 0 ? [style.faint(`  … and ${formatCount(hidden, 'more row', 'more rows')}; --all shows them`)] : []),
    style.faint(`  ${STARTING} starting  ${DRAINING} draining  ${OTHER} on a node  ${WAITING} waiting`)
  ]
}

function groupSteps(steps: readonly SimulatedStep[]): Row[] {
  const rows: Row[] = []
  const open = new Map<string, Row>()
  const begin = (key: string, row: Row) => {
    rows.push(row)
    open.set(key, row)
    return row
  }
  const keyOf = (...parts: readonly string[]) => JSON.stringify(parts)
  // A leg begins with its start, is named by its shift, and ends with the stop of the old copy.
  const sources = new Map(
    steps.flatMap(({ action, replica, node, from }) =>
      action === 'shift' && replica !== undefined && from !== undefined ? [[keyOf(replica, node), from] as const] : []
    )
  )
  for (const step of steps) {
    const { action, replica, node } = step
    if (replica === undefined) {
      const key = keyOf(node)
      const row = open.get(key) ?? begin(key, { subject: `node ${node}`, from: undefined, to: undefined, steps: [] })
      row.steps.push(step)
    } else if (action === 'start') {
      const from = sources.get(keyOf(replica, node))
      const row = begin(keyOf(replica, node, 'to'), { subject: replica, from, to: node, steps: [step] })
      if (from !== undefined) open.set(keyOf(replica, from, 'from'), row)
    } else if (action === 'shift') open.get(keyOf(replica, node, 'to'))?.steps.push(step)
    else {
      const key = keyOf(replica, node, 'from')
      const row = open.get(key) ?? begin(key, { subject: replica, from: node, to: undefined, steps: [] })
      row.steps.push(step)
    }
  }
  const beginOf = ({ steps: own }: Row) => Math.min(...own.map((step) => step.startSeconds ?? Number.POSITIVE_INFINITY))
  const ofNodes = ({ steps: own }: Row) => (own[0]?.replica === undefined ? 1 : 0)
  return rows
    .map((row) => ({ row, isLater: ofNodes(row), at: beginOf(row) }))
    .sort((left, right) => left.isLater - right.isLater || (left.at === right.at ? 0 : left.at - right.at))
    .map(({ row }) => row)
}

function renderTable(rows: readonly Row[], seconds: number, longest: number, bar: number, style: Style): string[] {
  const name = (text: string) => shorten(printable(text), longest)
  const scale = `0:00${formatClock(seconds).padStart(Math.max(1, bar - 4))}`
  const header = ['', 'from', 'to', 'begins', 'ends', scale, ''].map((text) => (text === '' ? '' : style.faint(text)))
  const cells = rows.map((row) => {
    const begins = row.steps.flatMap(({ startSeconds }) => startSeconds ?? [])
    const ends = row.steps.flatMap(({ endSeconds }) => endSeconds ?? [])
    return [
      name(row.subject),
      row.from === undefined ? '' : name(row.from),
      row.to === undefined ? '' : name(row.to),
      begins.length === 0 ? '' : formatClock(Math.min(...begins)),
      ends.length === 0 ? '' : formatClock(Math.max(...ends)),
      drawBar(row, seconds, bar),
      describeOutcome(row, style)
    ]
  })
  const aligned = alignColumns([header, ...cells], ['left', 'left', 'left', 'right', 'right', 'left', 'left'])
  return aligned.map((line) => `  ${line}`)
}

function drawBar({ steps }: Row, seconds: number, width: number): string {
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
  return bar.join('').trimEnd()
}

const WORST_FIRST = ['stuck', 'undoing', 'running', 'failed', 'undone', 'waiting', 'cancelled', 'skipped'] as const

function describeOutcome({ steps }: Row, style: Style): string {
  const worst = WORST_FIRST.find((state) => steps.some((step) => step.state === state))
  const attempts = Math.max(...steps.map((step) => step.attempts))
  const done = steps[0]?.replica === undefined ? namesOf(steps) : 'done'
  const again = attempts > 1 ? `, tried ${attempts} times` : ''
  if (worst === undefined || worst === 'skipped') return style.good(done) + again
  return (worst === 'cancelled' ? style.faint(worst) : style.bad(worst)) + again
}

const DONE: Readonly<Record<string, string>> = {
  cordon: 'cordoned',
  uncordon: 'opened',
  provision: 'got',
  release: 'released'
}

function namesOf(steps: readonly SimulatedStep[]): string {
  return DONE[steps.at(-1)?.action ?? ''] ?? 'done'
}
