import type { Progress } from '../index.js'
import { truncate } from '../report/text/layout.js'
import { formatAmount, formatCount, formatDuration, formatMoney, formatPercent } from '../report/text/numbers.js'
import type { Terminal } from './terminal.js'

/** Time between two drawings on a terminal, so that the elapsed time runs on while nothing else changes. */
const REDRAW_MS = 200
/** Time between two lines where there is no terminal. */
const LINE_MS = 2000
/** Back to the first column, and the rest of the line cleared. */
const CLEAR_LINE = '\r\x1b[K'

/** Where progress is shown, until `end`. */
export interface ProgressDisplay {
  show(progress: Progress): void
  /** Removes what would be overwritten; nothing is shown any more. */
  end(): void
}

/** One line on a terminal, written over again and again; lines of their own, of which a log keeps a few, elsewhere. */
export function displayProgress(stream: Terminal & { write(text: string): unknown }): ProgressDisplay {
  return stream.isTTY === true ? rewriteLine(stream) : appendLines(stream)
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

function rewriteLine(stream: Terminal & { write(text: string): unknown }): ProgressDisplay {
  let latest: Progress | undefined
  let receivedAt = 0
  let drawnAt = Number.NEGATIVE_INFINITY
  const draw = () => {
    if (latest === undefined) return
    drawnAt = performance.now()
    const elapsedMs = latest.elapsedMs + drawnAt - receivedAt
    // One column is left free: a full line would break, and the next one leave it behind.
    stream.write(CLEAR_LINE + truncate(formatProgress({ ...latest, elapsedMs }), (stream.columns || 80) - 1))
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

function appendLines(stream: { write(text: string): unknown }): ProgressDisplay {
  let pending: Progress | undefined
  let written = ''
  const write = () => {
    if (pending === undefined) return
    const said = describeState(pending)
    if (said !== written) stream.write(`${formatProgress(pending)}\n`)
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

/** Everything but the time: a line that says nothing new is not written. */
function describeState({ phase, costPerHour, bound, migrations }: Progress): string {
  return [phase, costPerHour, bound, migrations]
    .map((part) => (typeof part === 'number' ? formatAmount(part) : part))
    .join(' ')
}
