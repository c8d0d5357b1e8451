import { useEffect, useState } from 'preact/hooks'
import { formatAmount, formatDuration, formatMoney } from '../../report/text/numbers.js'
import type { ProblemView } from '../desk/views.js'
import { Fact } from '../layout/fact.js'
import { mostThreads } from '../planning/settings.js'
import { NO_DECISIONS } from '../planning/verdicts.js'
import type { Page } from '../state/page.js'
import { isStale, type PageState } from '../state/page-state.js'
import { LimitField } from './limit-field.js'
import { Slider } from './slider.js'
import { Toggle } from './toggle.js'
import { WishList } from './wish-list.js'

interface SettingsProps {
  readonly page: Page
  readonly state: PageState
  readonly problem: ProblemView
}

/** What is open, how it is planned, and what is wanted otherwise. */
export function SettingsPanel({ page, state, problem }: SettingsProps) {
  const { wishes, settings, activity } = state
  const [isOpen, setOpen] = useSidebar()
  if (wishes === null) return null
  const isPlanning = activity.kind === 'planning'
  const { movable } = problem
  return (
    <aside class="settings" aria-label="Problem and settings">
      <dl class="facts">
        <Fact label="Nodes" value={formatAmount(problem.nodes)} />
        <Fact label="Replicas" value={formatAmount(problem.replicas)} />
        <Fact label="Deployments" value={formatAmount(problem.deployments.length)} />
        <Fact label="Costs now" value={`${formatMoney(problem.costPerHour)} an hour`} />
      </dl>
      <button
        type="button"
        class={isStale(state) ? 'primary wide' : 'wide'}
        disabled={isPlanning}
        onClick={() => void page.plan()}
      >
        {state.result === null ? 'Solve' : 'Solve again'}
      </button>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Settings</summary>
        <form onSubmit={(event) => event.preventDefault()}>
          <h2>Limits of the plan</h2>
          <Slider
            label="Migrations"
            min={0}
            max={movable}
            value={Math.min(movable, wishes.maxMigrations ?? movable)}
            words={
              wishes.maxMigrations === null || wishes.maxMigrations >= movable
                ? 'any number'
                : `at most ${wishes.maxMigrations}`
            }
            onChange={(value) => page.wish({ maxMigrations: value >= movable ? null : value })}
          />
          <LimitField
            label="Move cost"
            least={0}
            value={wishes.maxMoveCost}
            onChange={(maxMoveCost) => page.wish({ maxMoveCost })}
          />
          <LimitField
            label="Migrations in flight"
            least={1}
            isWhole
            value={wishes.inFlight}
            onChange={(inFlight) => page.wish({ inFlight })}
          />
          <LimitField
            label="Starts at a time on a node"
            least={1}
            isWhole
            value={wishes.startsPerNode}
            onChange={(startsPerNode) => page.wish({ startsPerNode })}
          />
          <WishList {...{ page, wishes, problem }} decisions={state.result?.decisions ?? NO_DECISIONS} />
          <h2>Search</h2>
          <Slider
            label="Time"
            min={1}
            max={120}
            value={settings.timeLimitSeconds}
            words={formatDuration(settings.timeLimitSeconds)}
            onChange={(timeLimitSeconds) => page.set({ timeLimitSeconds })}
          />
          <Slider
            label="Threads"
            min={1}
            max={mostThreads(navigator.hardwareConcurrency ?? 2)}
            value={settings.threads}
            words={String(settings.threads)}
            onChange={(threads) => page.set({ threads })}
          />
          <Toggle
            label="Solve again when I change something"
            isOn={settings.solvesAgain}
            onChange={(solvesAgain) => page.set({ solvesAgain })}
          />
        </form>
      </details>
    </aside>
  )
}

/** Whether settings are open: beside the plan always, above it when asked for. */
function useSidebar(): [boolean, (isOpen: boolean) => void] {
  const query = '(min-width: 60rem)'
  const [isOpen, setOpen] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const follow = () => setOpen(media.matches)
    media.addEventListener('change', follow)
    return () => media.removeEventListener('change', follow)
  }, [])
  return [isOpen, setOpen]
}
