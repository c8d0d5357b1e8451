import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { compact } from 'replica-compactor'
import { expect, test } from 'vitest'
import { readFixture } from './planned.js'

const entry = new URL('../../dist/src/index.js', import.meta.url).href
const fixture = fileURLToPath(new URL('../../fixtures/synthetic/synthetic-12-1.problem.json', import.meta.url))

/** Runs a module that has `compact` and `problem`; rejects unless it ends by itself with code 0. */
function runAlone(body: string): Promise<{ stdout: string; stderr: string }> {
  const script = `
    import { readFileSync } from 'node:fs'
    import { compact } from ${JSON.stringify(entry)}
    const problem = JSON.parse(readFileSync(${JSON.stringify(fixture)}, 'utf8'))
    ${body}`
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--input-type=module', '-e', script], { timeout: 40_000 }, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr })
      else reject(new Error(`${error.message}\n${stderr}`))
    })
  })
}

test('20 calls use the same workers, and add no listeners to them', async () => {
  const workers: Worker[] = []
  const createWorker = () => {
    const worker = new Worker(new URL('../../dist/src/workers/solver-worker.node.js', import.meta.url))
    workers.push(worker)
    return worker
  }
  const problem = readFixture('synthetic/synthetic-12-1')
  for (let count = 0; count < 20; count++) await compact(problem, { threads: 2, createWorker })
  // Two, and a few more where a busy machine made one miss its grace.
  expect(workers.length).toBeLessThan(8)
  for (const worker of workers)
    for (const name of worker.eventNames()) expect(worker.listenerCount(name)).toBeLessThan(5)
})

test('a process that plans ends by itself, without a warning', async () => {
  const { stdout, stderr } = await runAlone(`
    const signal = new AbortController().signal
    for (let count = 0; count < 12; count++) await compact(problem, { signal })
    console.log((await compact(problem)).termination)`)
  expect(stdout.trim()).toMatch(/^(optimal|gap-limit)$/)
  expect(stderr).toBe('')
})

test('a process whose run was aborted ends by itself', async () => {
  const { stdout } = await runAlone(`
    const run = compact(problem, { timeLimitMs: 1e6, relativeGap: 0, signal: AbortSignal.timeout(300) })
    await run.then((result) => console.log(result.termination), (error) => console.log(error.name))`)
  expect(stdout.trim()).toMatch(/^(TimeoutError|optimal)$/)
})

test('a run that nobody awaits breaks nothing', async () => {
  const { stderr } = await runAlone(`
    compact({})
    compact(problem, { signal: AbortSignal.abort() })`)
  expect(stderr).toBe('')
})
