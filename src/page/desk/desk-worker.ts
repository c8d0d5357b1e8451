import { expose, proxy, type Remote, wrap } from 'comlink'
import * as z from 'zod'
import type { WhyAnswer } from '../../review/why/why.js'
import { carryInputErrors } from '../planning/carry-input-errors.js'
import type { Planner } from '../planning/planner.js'
import { openDesk } from './desk.js'

// The Content-Security-Policy of the page forbids what zod would write itself, and tells of every try.
z.config({ jitless: true })
carryInputErrors()

const worker = new Worker(new URL('../planning/planner-worker.ts', import.meta.url), { type: 'module' })
const remote: Remote<Planner> = wrap<Planner>(worker)

/** Rejects when the worker fails: what was asked of it is not answered any more. */
const death = new Promise<never>((_, reject) => {
  worker.addEventListener('error', ({ message }) => {
    reject(new Error(`the worker that plans failed: ${message || 'its script could not be loaded'}`))
  })
})
death.catch(() => {})

const orDeath = <Value>(answer: Promise<Value>): Promise<Value> => Promise.race([answer, death])

/** Planning has a worker of its own, so that the desk answers meanwhile. */
const planner: Planner = {
  plan: (problem, last, options, onProgress) => orDeath(remote.plan(problem, last, options, proxy(onProgress))),
  revise: (problem, result, verdicts, options, onProgress) =>
    orDeath(remote.revise(problem, result, verdicts, options, proxy(onProgress))),
  ask: (problem, result, options, onProgress) =>
    orDeath<WhyAnswer | null>(remote.ask(problem, result, options, proxy(onProgress))),
  check: (problem, result) => orDeath(remote.check(problem, result)),
  interrupt: () => void remote.interrupt(),
  abandon: () => void remote.abandon(),
  dropInquiry: () => void remote.dropInquiry()
}

expose(openDesk(planner))
