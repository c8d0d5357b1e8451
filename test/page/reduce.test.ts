import { describe, expect, test } from 'vitest'
import { viewProblem } from '../../src/page/desk/view-problem.js'
import type { ClusterView, ResultView } from '../../src/page/desk/views.js'
import { defaultSettings } from '../../src/page/planning/settings.js'
import { wishesOf } from '../../src/page/planning/wishes.js'
import { initialState, isStale, type PageState } from '../../src/page/state/page-state.js'
import { type PageEvent, reduce } from '../../src/page/state/reduce.js'
import { twoNodes } from './problems.js'

const problem = viewProblem('two', twoNodes())
const cluster: ClusterView = { rows: [], steps: 0, seconds: 0, costs: [] }
const result: ResultView = {
  isFeasible: true,
  sentence: '',
  tiles: [],
  search: '',
  violations: [],
  remarks: [],
  conflict: [],
  trail: [],
  decisions: { accept: [], reject: [], pin: [] }
}
const fault = { title: 'bad', advice: 'mend it' }

const stateAfter = (...events: PageEvent[]): PageState => events.reduce(reduce, initialState(defaultSettings(4)))
const opened: PageEvent = { kind: 'opened', opened: { kind: 'problem', problem, cluster } }
const began = (run: number): PageEvent => ({ kind: 'planning-began', run, verdicts: null })
const ended = (run: number): PageEvent => ({
  kind: 'planning-ended',
  run,
  answer: { kind: 'planned', result, cluster }
})

describe('what is opened', () => {
  test('takes the place of all that was there', () => {
    const state = stateAfter(opened, began(1), ended(1), { kind: 'reading-began', what: 'x' }, opened)
    expect(state).toMatchObject({ problem, result: null, reading: null, activity: { kind: 'idle' } })
    expect(state.wishes).toEqual(wishesOf(twoNodes()))
  })

  test('leaves everything as it was, planning too, where it cannot be read', () => {
    const before = stateAfter(opened, began(1))
    const state = [
      { kind: 'reading-began', what: 'x' } as const,
      { kind: 'opened', opened: { kind: 'fault', fault } } as const
    ].reduce(reduce, before)
    expect(state).toEqual({ ...before, fault })
  })
})

describe('planning', () => {
  test('shows how it goes, and what came of it', () => {
    const progress = {
      elapsedMs: 500,
      phase: 'placement',
      costPerHour: Infinity,
      bound: 1,
      gap: Infinity,
      migrations: 0
    } as const
    const state = stateAfter(opened, began(1), { kind: 'progressed', run: 1, progress })
    expect(state.activity).toMatchObject({ progress, trail: [{ seconds: 0.5, costPerHour: null, bound: 1 }] })
    expect(reduce(state, ended(1))).toMatchObject({ result, activity: { kind: 'idle' }, plannedFor: state.wishes })
  })

  test('passes over what comes of a run that is no longer the one under way', () => {
    const state = stateAfter(opened, began(1), began(2))
    expect(reduce(state, ended(1))).toBe(state)
    expect(reduce(stateAfter(opened, began(1), opened), ended(1)).result).toBeNull()
  })

  test('keeps the plan of before where nothing was found', () => {
    const refusal = { ...result, isFeasible: false }
    const state = stateAfter(opened, began(1), ended(1), began(2), {
      kind: 'planning-ended',
      run: 2,
      answer: { kind: 'planned', result: refusal, cluster }
    })
    expect(state).toMatchObject({ result, refusal, activity: { kind: 'idle' } })
  })

  test('knows a plan that does not know what is wanted by now', () => {
    const fresh = stateAfter(opened, began(1), ended(1))
    expect(isStale(fresh)).toBe(false)
    const wished = reduce(fresh, { kind: 'wished', wishes: { maxMigrations: 1 } })
    expect(isStale(wished)).toBe(true)
    expect(isStale([began(2), ended(2)].reduce(reduce, wished))).toBe(false)
    // A decision is on the plan as it is: the rest is still to be planned.
    const decided: PageEvent = { kind: 'planning-began', run: 2, verdicts: { pin: ['web-0'] } }
    expect(isStale([decided, ended(2)].reduce(reduce, wished))).toBe(true)
  })
})
