import type { SweepProgress } from '../../capacity/sweep/progress.js'
import { formatDuration } from '../../report/text/numbers.js'
import { displayState, type ProgressDisplay } from '../progress.js'
import type { Terminal } from '../terminal.js'

/** Shows where a sweep is: a bar on a terminal, lines elsewhere. */
export function displaySweep(stream: Terminal & { write(text: string): unknown }): ProgressDisplay<SweepProgress> {
  return displayState(stream, {
    format: (state, sinceMs, width) => formatSweepProgress(state, sinceMs, stream.isTTY === true ? width : 0),
    news: ({ done, failed }) => `${done} ${failed}`
  })
}

/** Columns of the bar at most. */
const WIDEST_BAR = 30

/** `████████░░░░  42 of 200, 2 running, 1 failed  3 min 12 s, about 8 min left`; without its bar where there is no room. */
export function formatSweepProgress(state: SweepProgress, sinceMs: number, width: number): string {
  const { done, total, running, failed, resumed, elapsedMs, remainingMs } = state
  const counts = [
    `${done} of ${total}`,
    ...(resumed > 0 ? [`${resumed} from before`] : []),
    ...(running > 0 ? [`${running} running`] : []),
    ...(failed > 0 ? [`${failed} failed`] : [])
  ]
  const seconds = (milliseconds: number) => formatDuration(Math.round(Math.max(0, milliseconds) / 1000))
  const times = [seconds(elapsedMs + sinceMs)]
  if (remainingMs !== null && done < total) times.push(`about ${seconds(remainingMs - sinceMs)} left`)
  const said = `${counts.join(', ')}  ${times.join(', ')}`
  const bar = Math.min(WIDEST_BAR, width - said.length - 2)
  if (bar < 5) return said
  const full = total === 0 ? bar : Math.floor((done / total) * bar)
  return `${'█'.repeat(full)}${'░'.repeat(bar - full)}  ${said}`
}
