import { useEffect, useState } from 'preact/hooks'
import type { Progress } from '../../options.js'
import { formatAmount, formatDuration, formatMoney, formatPercent } from '../../report/text/numbers.js'
import { Fact } from '../layout/fact.js'
import type { Page } from '../state/page.js'
import type { Activity, PageState } from '../state/page-state.js'
import { TrailChart } from './trail-chart.js'

type Planning = Extract<Activity, { kind: 'planning' }>

const PHASES: Record<Progress['phase'], string> = {
  greedy: 'Packing quickly, for something to begin with',
  placement: 'Searching for cheaper placements',
  moves: 'Saving migrations',
  sequence: 'Putting the moves into a safe order',
  check: 'Checking the plan'
}

/** What planning has found by now, while it goes on: at length at first, in a line below the plan of before when planning again. */
export function ProgressPanel({ page, state }: { readonly page: Page; readonly state: PageState }) {
  const { activity, result } = state
  if (activity.kind !== 'planning') return null
  if (activity.verdicts !== null) {
    return (
      <section class="progress again" aria-label="Planning">
        <p class="phase" role="status">
          Solving again with what you decided…
        </p>
      </section>
    )
  }
  return <Under page={page} planning={activity} isAgain={result !== null} />
}

function Under({ page, planning, isAgain }: { page: Page; planning: Planning; isAgain: boolean }) {
  const { progress, trail, limitSeconds, isEnding } = planning
  const seconds = useSeconds(planning.run)
  const phase = isEnding ? 'Ending with the best so far' : PHASES[progress?.phase ?? 'greedy']
  return (
    <section class={isAgain ? 'progress again' : 'progress panel'} aria-labelledby="progress-heading">
      <div class="progress-head">
        <div>
          <h2 id="progress-heading">{isAgain ? 'Planning again' : 'Planning'}</h2>
          <p class="phase" role="status">
            {phase}
          </p>
        </div>
        <button type="button" class="stop" onClick={page.stop} disabled={isEnding}>
          Stop and keep the best
        </button>
      </div>
      <progress
        aria-label="Time used"
        max={limitSeconds}
        value={Math.min(seconds, limitSeconds)}
        aria-valuetext={`${formatDuration(Math.floor(seconds))} of ${formatDuration(limitSeconds)}`}
      />
      <dl class="figures">
        <Fact label="Best so far, an hour" value={money(progress?.costPerHour)} />
        <Fact label="No placement below" value={money(progress?.bound)} />
        <Fact label="Gap" value={share(progress?.gap)} />
        <Fact label="Migrations" value={progress === null ? '–' : formatAmount(progress.migrations)} />
        <Fact label="Time" value={`${seconds.toFixed(1)} s of ${formatDuration(limitSeconds)}`} />
      </dl>
      {!isAgain && <TrailChart trail={trail} seconds={seconds} />}
    </section>
  )
}

function money(amount: number | undefined): string {
  return amount === undefined || !Number.isFinite(amount) ? '–' : formatMoney(amount)
}

function share(gap: number | undefined): string {
  return gap === undefined || !Number.isFinite(gap) ? '–' : formatPercent(Math.abs(gap) < 1e-9 ? 0 : gap)
}

/** So often the time is shown anew. */
const TICK_MS = 200

/** Seconds since this run began to be shown. */
function useSeconds(run: number): number {
  const [seconds, setSeconds] = useState(0)
  // Another run begins anew.
  useEffect(() => {
    const begin = performance.now()
    setSeconds(0)
    const timer = setInterval(() => setSeconds((performance.now() - begin) / 1000), TICK_MS)
    return () => clearInterval(timer)
  }, [run])
  return seconds
}
