import type { Progress } from '../../options.js'
import type { SearchPoint } from '../../report/svg/search-chart.js'
import type { Verdicts } from '../../review/revise/read-decisions.js'
import type { Opened, PlanAnswer } from '../desk/desk.js'
import type { Settings } from '../planning/settings.js'
import type { Wishes } from '../planning/wishes.js'
import type { PageState } from './page-state.js'

/** What happened. */
export type PageEvent =
  | { readonly kind: 'reading-began'; readonly what: string }
  | { readonly kind: 'opened'; readonly opened: Opened }
  | { readonly kind: 'planning-began'; readonly run: number; readonly verdicts: Verdicts | null }
  | { readonly kind: 'progressed'; readonly run: number; readonly progress: Progress }
  | { readonly kind: 'ending-asked' }
  | { readonly kind: 'planning-ended'; readonly run: number; readonly answer: PlanAnswer }
  | { readonly kind: 'wished'; readonly wishes: Partial<Wishes> }
  | { readonly kind: 'set'; readonly settings: Partial<Settings> }
  | { readonly kind: 'fault-read' }

const IDLE = { kind: 'idle' } as const

/** More points than this are not seen in the chart. */
const MOST_POINTS = 400

/** The page after what happened. Nothing that fails takes away what is there. */
export function reduce(state: PageState, event: PageEvent): PageState {
  switch (event.kind) {
    case 'reading-began':
      return { ...state, fault: null, reading: event.what }
    case 'opened':
      return afterOpening(state, event.opened)
    case 'planning-began': {
      if (state.wishes === null) return state
      const { run, verdicts } = event
      const limitSeconds = state.settings.timeLimitSeconds
      // Decisions are on the plan as it is, whatever else is wanted by now.
      const wishes = verdicts === null ? state.wishes : (state.plannedFor ?? state.wishes)
      const activity = { kind: 'planning', run, verdicts, wishes, limitSeconds, progress: null, trail: [] } as const
      return { ...state, fault: null, refusal: null, activity: { ...activity, isEnding: false } }
    }
    case 'progressed': {
      const { activity } = state
      if (activity.kind !== 'planning' || activity.run !== event.run) return state
      const { progress } = event
      return { ...state, activity: { ...activity, progress, trail: extend(activity.trail, progress) } }
    }
    case 'ending-asked':
      return state.activity.kind === 'planning' ? { ...state, activity: { ...state.activity, isEnding: true } } : state
    case 'planning-ended':
      return afterPlanning(state, event.run, event.answer)
    case 'wished':
      return state.wishes === null ? state : { ...state, wishes: { ...state.wishes, ...event.wishes } }
    case 'set':
      return { ...state, settings: { ...state.settings, ...event.settings } }
    case 'fault-read':
      return { ...state, fault: null }
  }
}

function afterOpening(state: PageState, opened: Opened): PageState {
  // What is planned meanwhile goes on when nothing new was opened.
  if (opened.kind === 'fault') return { ...state, reading: null, fault: opened.fault }
  const { problem, cluster } = opened
  const { wishes } = problem
  const base = { ...state, problem, cluster, wishes, fault: null, refusal: null, reading: null, activity: IDLE }
  return opened.kind === 'problem'
    ? { ...base, result: null, plannedFor: null }
    : { ...base, result: opened.result, plannedFor: wishes }
}

function afterPlanning(state: PageState, run: number, answer: PlanAnswer): PageState {
  const { activity } = state
  if (activity.kind !== 'planning' || activity.run !== run || answer.kind === 'abandoned') return state
  if (answer.kind === 'fault') return { ...state, activity: IDLE, fault: answer.fault }
  if (!answer.result.isFeasible) return { ...state, activity: IDLE, refusal: answer.result }
  const { result, cluster } = answer
  return { ...state, activity: IDLE, refusal: null, result, cluster, plannedFor: activity.wishes }
}

function extend(trail: readonly SearchPoint[], { elapsedMs, costPerHour, bound }: Progress): readonly SearchPoint[] {
  const point = {
    seconds: elapsedMs / 1000,
    costPerHour: Number.isFinite(costPerHour) ? costPerHour : null,
    bound
  }
  return [...trail, point].slice(-MOST_POINTS)
}
