import type { Progress } from '../index.js'
import { truncate } from '../report/text/layout.js'
import { formatAmount, formatCount, formatDuration, formatMoney, formatPercent } from '../report/text/numbers.js'
import { WIDEST } from '../report/text/style.js'
import type { Terminal } from './terminal.js'

/** Time between two drawings on a terminal, so that the elapsed time runs on while nothing else changes. */
const REDRAW_MS = 200
/** Time between two lines where there is no terminal. */
const LINE_MS = 2000
/** Back to the first column, and the rest of the line cleared. */
const CLEAR_LINE = '\r\x1b[K'

/** Where progress is shown, until `end`. */
export interface ProgressDisplay<State = Progress> {
  show(progress: State): void
  /** Removes what would be overwritten; nothing is shown any more. */
  end(): void
}

/** How a state is told. */
export interface ProgressWords<State> {
  /** In one line of at most so many columns, after so many milliseconds in which nothing new was heard. */
  readonly format: (state: State, sinceMs: number, width: number) => string
  /** What is new about a state; a line that says nothing new is not written. */
  readonly news: (state: State) => string
}

type Output = Terminal & { write(text: string): unknown }

/** Shows where a search is. */
export function displayProgress(stream: Output): ProgressDisplay {
  return displayState(stream, {
    format: (progress, sinceMs) => formatProgress({ ...progress, elapsedMs: progress.elapsedMs + sinceMs }),
    news: describeState
  })
}

/** One line on a terminal, written over again and again; lines of their own, of which a log keeps a few, elsewhere. */
export function displayState<State>(stream: Output, words: ProgressWords<State>): ProgressDisplay<State> {
  return stream.isTTY === true ? rewriteLine(stream, words) : appendLines(stream, words)
}

/** `4.2 s  placement  cost 187.02 an hour  bound 181.60  gap 2.9 %  38 migrations`. */
export function formatProgress({ elapsedMs, phase, costPerHour, bound, gap, migrations }: Progress): string {
  const elapsed = elapsedMs / 1000
  const parts = [elapsed < 60 ? `${elapsed.toFixed(1)} s` : formatDuration(Math.floor(elapsed)), phase]
  const placed = Number.isFinite(costPerHour)
  if (placed) parts.push(`cost ${formatMoney(costPerHour)} an hour`)
  if (bound > 0 && Number.isFinite(bound)) parts.push(`bound ${formatMoney(bound)}`)
  if (gap < 1) parts.push(`gap ${formatPercent(gap)}`)
  if (placed) parts.push(formatCount(migrations, 'migration'))
  return parts.join('  ')
}

function rewriteLine<State>(stream: Output, { format }: ProgressWords<State>): ProgressDisplay<State> {
  let latest: State | undefined
  let receivedAt = 0
  let drawnAt = Number.NEGATIVE_INFINITY
  const draw = () => {
    if (latest === undefined) return
    drawnAt = performance.now()
    // One column is left free: a full line would break, and the next one leave it behind.
    const width = (stream.columns || 80) - 1
    stream.write(CLEAR_LINE + truncate(format(latest, drawnAt - receivedAt, width), width))
  }
  const timer = setInterval(draw, REDRAW_MS).unref()
  let ended = false
  return {
    show(progress) {
      if (ended) return
      latest = progress
      receivedAt = performance.now()
      if (receivedAt - drawnAt >= REDRAW_MS) draw()
    },
    end() {
      clearInterval(timer)
      if (latest !== undefined && !ended) stream.write(CLEAR_LINE)
      ended = true
    }
  }
}

function appendLines<State>(stream: Output, { format, news }: ProgressWords<State>): ProgressDisplay<State> {
  let pending: State | undefined
  let written = ''
  const write = () => {
    if (pending === undefined) return
    const said = news(pending)
    if (said !== written) stream.write(`${format(pending, 0, WIDEST)}\n`)
    written = said
    pending = undefined
  }
  let timer: NodeJS.Timeout | undefined
  let ended = false
  return {
    show(progress) {
      pending = progress
      if (timer !== undefined || ended) return
      write()
      timer = setInterval(write, LINE_MS).unref()
    },
    end() {
      clearInterval(timer)
      ended = true
    }
  }
}

/** Everything but the time. */
function describeState({ phase, costPerHour, bound, migrations }: Progress): string {
  return [phase, costPerHour, bound, migrations]
    .map((part) => (typeof part === 'number' ? formatAmount(part) : part))
    .join(' ')
}
