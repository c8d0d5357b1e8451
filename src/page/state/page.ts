import { proxy, type Remote } from 'comlink'
import type { Verdicts } from '../../review/revise/read-decisions.js'
import type { Desk, PlanAnswer } from '../desk/desk.js'
import { describeBug, type Fault } from '../desk/fault.js'
import type { Source } from '../desk/read-sources.js'
import type { TellProgress } from '../planning/planner.js'
import type { Settings } from '../planning/settings.js'
import { decidedOn, type VerdictName, verdictOn, withVerdict } from '../planning/verdicts.js'
import type { Wishes } from '../planning/wishes.js'
import { initialState, isStale, type PageState } from './page-state.js'
import { type PageEvent, reduce } from './reduce.js'
import { openStore, type Store } from './store.js'

/** What can be done at the page. */
export interface Page {
  readonly store: Store<PageState, PageEvent>
  readonly desk: Remote<Desk>
  /** Opens files, a text or an example; a Problem alone is then planned. */
  open(sources: readonly Source[], what: string): Promise<void>
  /** Plans anew, from the last plan on. */
  plan(): Promise<void>
  /** Ends planning with the best so far. */
  stop(): void
  /** Wants something otherwise, and plans anew when nothing more is wanted for a moment. */
  wish(wishes: Partial<Wishes>): void
  /** Decides on a replica and its move, and solves again from the plan as it is. */
  decide(verdict: VerdictName, replica: string): Promise<void>
  set(settings: Partial<Settings>): void
}

/** So long nothing more must be wanted before planning begins again: a slider says many things on its way. */
const PAUSE_MS = 600

export function openPage(desk: Remote<Desk>, settings: Settings): Page {
  const store = openStore(initialState(settings), reduce)
  let runs = 0
  let openings = 0
  let pause: ReturnType<typeof setTimeout> | undefined

  /** Begins a planning, and ends the one that is under way; returns its number. */
  const run = async (verdicts: Verdicts | null, begin: (tell: TellProgress) => Promise<PlanAnswer>) => {
    clearTimeout(pause)
    const own = ++runs
    store.dispatch({ kind: 'planning-began', run: own, verdicts })
    const tell: TellProgress = (progress) => store.dispatch({ kind: 'progressed', run: own, progress })
    const answer = await begin(proxy(tell)).catch(asFault)
    store.dispatch({ kind: 'planning-ended', run: own, answer })
    return own
  }
  const plan = async () => {
    const { wishes, settings } = store.state
    if (wishes === null) return
    const options = { timeLimitMs: settings.timeLimitSeconds * 1000, threads: settings.threads }
    await run(null, (tell) => desk.plan(wishes, options, tell))
  }
  return {
    store,
    desk,
    plan,
    async open(sources, what) {
      clearTimeout(pause)
      const opening = ++openings
      store.dispatch({ kind: 'reading-began', what })
      const opened = await desk.open([...sources]).catch(asFault)
      if (opening !== openings) return
      store.dispatch({ kind: 'opened', opened })
      if (opened.kind === 'problem') await plan()
    },
    stop() {
      store.dispatch({ kind: 'ending-asked' })
      void desk.interrupt()
    },
    wish(wishes) {
      store.dispatch({ kind: 'wished', wishes })
      clearTimeout(pause)
      if (!store.state.settings.solvesAgain || !isStale(store.state)) return
      pause = setTimeout(() => void plan(), PAUSE_MS)
    },
    async decide(verdict, replica) {
      const { activity, settings, result } = store.state
      if (result === null) return
      // What is being decided on is not known to the plan yet: it is decided together.
      const before = activity.kind === 'planning' ? (activity.verdicts ?? {}) : {}
      const isKnown = decidedOn(result.decisions).has(replica)
      if (verdict === 'forget' && !isKnown && verdictOn(before, replica) === undefined) return
      const verdicts = withVerdict(before, verdict === 'forget' && !isKnown ? null : verdict, replica)
      const own = await run(verdicts, (tell) => desk.decide(verdicts, { threads: settings.threads }, tell))
      // A plan that was under way ended for the decision.
      if (own === runs && store.state.settings.solvesAgain && isStale(store.state)) await plan()
    },
    set: (changes) => store.dispatch({ kind: 'set', settings: changes })
  }
}

function asFault(error: unknown): { readonly kind: 'fault'; readonly fault: Fault } {
  return { kind: 'fault', fault: describeBug(error) }
}
