import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { WorkerDiedError } from '../../workers/worker-handle.js'
import type { Executor, ScenarioHooks } from './executor.js'
import { inlineExecutor } from './inline-executor.js'
import type { ScenarioRecord } from './scenario-record.js'
import { ScenarioThread } from './scenario-thread.node.js'
import type { ScenarioTask } from './solve-scenario.js'

/** How often a scenario is tried whose thread dies under it. */
const MOST_TRIES = 2

/**
 * Solves each scenario in a worker thread of its own, as many at a time as there are cores. A thread that dies costs one more try, in a new
 * thread. Where the very first cannot even start (a bundle without the worker's file), scenarios are solved in this thread instead.
 */
export function createExecutor(concurrency = availableParallelism(), createWorker?: () => Worker): Executor {
  const idle: ScenarioThread[] = []
  const all = new Set<ScenarioThread>()
  let hasStarted = false
  let inline: Executor | undefined

  const borrow = () => {
    const known = idle.pop()
    if (known !== undefined && !known.isDead) return known
    if (known !== undefined) all.delete(known)
    const thread = new ScenarioThread(createWorker)
    all.add(thread)
    return thread
  }
  const attempt = async (task: ScenarioTask, signal: AbortSignal): Promise<ScenarioRecord> => {
    const thread = borrow()
    try {
      return await thread.solve(task, signal)
    } finally {
      hasStarted ||= thread.isUp
      if (thread.isDead) all.delete(thread)
      else idle.push(thread)
    }
  }
  return {
    concurrency,
    async solve(task: ScenarioTask, hooks: ScenarioHooks) {
      if (inline !== undefined) return await inline.solve(task, hooks)
      hooks.onStart()
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(task, hooks.signal)
        } catch (error) {
          if (!(error instanceof WorkerDiedError) || hooks.signal.aborted) throw error
          if (!hasStarted) {
            inline ??= inlineExecutor(concurrency)
            return await inline.solve(task, { ...hooks, onStart: () => {} })
          }
          if (tries === MOST_TRIES) throw new WorkerDiedError(`${error.message}, ${tries} times`, { cause: error })
        }
      }
    },
    async close() {
      idle.length = 0
      await Promise.all([...all].map((thread) => thread.close()))
      all.clear()
    }
  }
}
