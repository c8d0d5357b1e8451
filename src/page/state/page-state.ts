import type { Progress } from '../../options.js'
import type { SearchPoint } from '../../report/svg/search-chart.js'
import type { Verdicts } from '../../review/revise/read-decisions.js'
import type { Fault } from '../desk/fault.js'
import type { ClusterView, ProblemView, ResultView } from '../desk/views.js'
import type { Settings } from '../planning/settings.js'
import type { Wishes } from '../planning/wishes.js'

/** What the page does at the moment. */
export type Activity =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'planning'
      /** Which planning, counted up: what comes of another one is too late. */
      readonly run: number
      /** What is decided on single moves; null where all is planned anew. */
      readonly verdicts: Verdicts | null
      /** What is planned for. */
      readonly wishes: Wishes
      readonly limitSeconds: number
      readonly progress: Progress | null
      readonly trail: readonly SearchPoint[]
      /** Whether it was told to end with the best so far. */
      readonly isEnding: boolean
    }

/** Everything that the page shows, but for where the playback is. */
export interface PageState {
  /** null until something was opened. */
  readonly problem: ProblemView | null
  /** What is being opened; null while nothing is. */
  readonly reading: string | null
  readonly activity: Activity
  /** What could not be done last. */
  readonly fault: Fault | null
  /** The last plan; it stays while another one is made. */
  readonly result: ResultView | null
  /** The last planning, where it found no placement. */
  readonly refusal: ResultView | null
  /** The cluster as it is or, with a plan, before and after. */
  readonly cluster: ClusterView | null
  readonly wishes: Wishes | null
  /** What the last plan was made for; null where it was opened, or there is none. */
  readonly plannedFor: Wishes | null
  readonly settings: Settings
}

export function initialState(settings: Settings): PageState {
  return {
    problem: null,
    reading: null,
    activity: { kind: 'idle' },
    fault: null,
    result: null,
    refusal: null,
    cluster: null,
    wishes: null,
    plannedFor: null,
    settings
  }
}

/** Whether something is wanted that the last plan does not know. */
export function isStale({ wishes, plannedFor, result }: PageState): boolean {
  return result !== null && wishes !== null && JSON.stringify(wishes) !== JSON.stringify(plannedFor)
}
