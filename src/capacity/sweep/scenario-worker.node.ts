import { stderr, stdout } from 'node:process'
import { parentPort } from 'node:worker_threads'
import { expose } from 'comlink'
import { describeError } from '../../workers/error-transfer.js'
import { nodeEndpoint } from '../../workers/node-endpoint.js'
import type { ScenarioRecord } from './scenario-record.js'
import { type ScenarioTask, solveScenario } from './solve-scenario.js'

/** What a thread that solves whole scenarios does for its parent; one at a time. */
export interface ScenarioServer {
  ping(): void
  /** null when it was aborted. */
  solve(task: ScenarioTask): Promise<ScenarioRecord | null>
  abort(): void
}

if (parentPort === null) throw new Error('scenario-worker runs in a worker thread only')
// The standard output is the parent's, who may write an answer there: what a solver prints is no part of it.
stdout.write = stderr.write.bind(stderr)

let running: AbortController | undefined
const server: ScenarioServer = {
  ping() {},
  async solve(task) {
    const own = new AbortController()
    running = own
    try {
      return await solveScenario(task, { threads: 1, signal: own.signal })
    } catch (error) {
      if (own.signal.aborted) return null
      throw describeError(error)
    }
  },
  abort() {
    running?.abort()
  }
}
expose(server, nodeEndpoint(parentPort))
