import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { comparable, parseSweepJournal, runSweep } from 'replica-compactor/capacity'
import { describe, expect, test } from 'vitest'
import { createExecutor } from '../../dist/src/capacity/sweep/scenario-executor.node.js'
import { makeFolder } from '../scratch-folder.js'
import { samplePlan, sampleSweep } from './sample-sweep.js'

const sweep = sampleSweep({ ...samplePlan, seeds: [1] })
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Workers of which so many die under their first scenario. */
function dyingWorkers(deaths: number) {
  const workerData = new SharedArrayBuffer(4)
  new Int32Array(workerData)[0] = deaths
  const made: Worker[] = []
  const createWorker = () => {
    const worker = new Worker(at('scripts/dying-worker.mjs'), { workerData })
    made.push(worker)
    return worker
  }
  return { made, createWorker }
}

describe('a worker thread that dies', () => {
  test('costs one more try, and not the sweep', async () => {
    const { made, createWorker } = dyingWorkers(1)
    const answer = await runSweep(sweep, { executor: createExecutor(1, createWorker) })
    const whole = await runSweep(sweep)
    expect(made).toHaveLength(2)
    expect(answer.failed).toBe(0)
    expect(answer.scenarios.map(comparable)).toEqual(whole.scenarios.map(comparable))
  })

  test('and again under the same scenario is told as its failure; the others are solved', async () => {
    const { made, createWorker } = dyingWorkers(2)
    const answer = await runSweep(sweep, { executor: createExecutor(1, createWorker) })
    expect(made).toHaveLength(3)
    expect(answer.failed).toBe(1)
    expect(answer.scenarios[0]?.reason).toBe('the worker exited with code 7, 2 times')
    expect(answer.scenarios.slice(1).map(({ termination }) => termination)).not.toContain('failed')
  })

  test('before it ever started leaves the scenarios to this thread', async () => {
    const createWorker = () => new Worker(at('scripts/no-such-file.mjs'))
    const answer = await runSweep(sweep, { executor: createExecutor(2, createWorker) })
    expect(answer).toMatchObject({ failed: 0, missing: [] })
  })
})

describe('an abort', () => {
  test('before the beginning solves nothing', async () => {
    const reason = new Error('never')
    const seen: unknown[] = []
    const run = runSweep(sweep, { signal: AbortSignal.abort(reason), onRecord: (record) => seen.push(record) })
    await expect(run).rejects.toBe(reason)
    expect(seen).toEqual([])
  })

  test('in the middle rejects with its reason, and leaves whole lines in the journal and nothing else', async () => {
    const journal = join(makeFolder(), 'sweep.jsonl')
    const script = [at('scripts/aborted-sweep.mjs'), at('../../fixtures/openb/openb-slice-30.problem.json'), journal]
    // It would hang here if a thread were left.
    const { stdout } = await promisify(execFile)(process.execPath, script, { timeout: 50_000 })
    expect(JSON.parse(stdout)).toEqual({ isReason: true, left: [] })
    const text = readFileSync(journal, 'utf8')
    expect(text.endsWith('\n')).toBe(true)
    const { records } = parseSweepJournal(text, 'journal')
    expect(records.length).toBeGreaterThan(0)
    expect(records.length).toBeLessThan(40)
  })
})

test.each([
  [{ concurrency: 0 }, /concurrency: found 0/],
  [{ concurrency: 1.5 }, /concurrency/],
  [{ shard: { index: 2, count: 2 } }, /shard: found 2\/2/],
  [{ signal: {} as AbortSignal }, /signal/]
])('%j is refused', async (options, message) => {
  await expect(runSweep(sweep, options)).rejects.toThrow(message)
})
