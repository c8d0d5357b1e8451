import { expose, proxy, type Remote, wrap } from 'comlink'
import * as z from 'zod'
import type { WhyAnswer } from '../../review/why/why.js'
import { carryInputErrors } from '../planning/carry-input-errors.js'
import type { Planner } from '../planning/planner.js'
import { openDesk } from './desk.js'

// The Content-Security-Policy of the page forbids what zod would write itself, and tells of every try.
z.config({ jitless: true })
carryInputErrors()

/** Where planning is done, and what rejects when that fails: what was asked of it is not answered any more. */
interface PlanningThread {
  readonly remote: Remote<Planner>
  readonly death: Promise<never>
}

let thread: PlanningThread | undefined

/** Planning has a worker of its own, so that the desk answers meanwhile; it is loaded when there is something to plan. */
function startPlanning(): PlanningThread {
  const worker = new Worker(new URL('../planning/planner-worker.ts', import.meta.url), { type: 'module' })
  const death = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) => {
      // What is asked next begins anew.
      worker.terminate()
      thread = undefined
      reject(new Error(`the worker that plans failed: ${message || 'its script could not be loaded'}`))
    })
  })
  death.catch(() => {})
  return { remote: wrap<Planner>(worker), death }
}

function inThread<Value>(ask: (remote: Remote<Planner>) => Promise<Value>): Promise<Value> {
  thread ??= startPlanning()
  return Promise.race([ask(thread.remote), thread.death])
}

const planner: Planner = {
  plan: (problem, last, options, onProgress) =>
    inThread((remote) => remote.plan(problem, last, options, proxy(onProgress))),
  revise: (problem, result, verdicts, options, onProgress) =>
    inThread((remote) => remote.revise(problem, result, verdicts, options, proxy(onProgress))),
  ask: (problem, result, options, onProgress) =>
    inThread<WhyAnswer | null>((remote) => remote.ask(problem, result, options, proxy(onProgress))),
  check: (problem, result) => inThread((remote) => remote.check(problem, result)),
  interrupt: () => void thread?.remote.interrupt(),
  abandon: () => void thread?.remote.abandon(),
  dropInquiry: () => void thread?.remote.dropInquiry()
}

expose(openDesk(planner))
