import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { QueueUnavailableError, runSweepOnQueue, startWorker } from 'replica-compactor/bullmq'
import { comparable, makeSweep, parseSweepJournal, runSweep } from 'replica-compactor/capacity'
import { fileSweepJournal } from 'replica-compactor/sweep-journal'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readFixture } from '../compact/planned.js'
import { needTool } from '../needed-tools.js'
import { makeFolder } from '../scratch-folder.js'
import { startRedis } from './redis-server.js'
import { samplePlan, sampleSweep } from './sample-sweep.js'

const MAIN = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url))
const command = needTool('redis-server')
let url = ''
const workers: ChildProcess[] = []

beforeAll(async () => {
  ;({ url } = await startRedis(command))
})
afterAll(() => {
  for (const worker of workers) worker.kill('SIGKILL')
})

/** A process that takes scenarios, ready to; what it says, and when. */
async function startProcess(queue: string, ...args: string[]) {
  const child = spawn(
    process.execPath,
    [MAIN, 'capacity', 'worker', '--redis', url, '--queue', queue, '--lock', '1', ...args],
    {
      stdio: ['ignore', 'ignore', 'pipe']
    }
  )
  workers.push(child)
  let said = ''
  const heard: { words: string; resolve: () => void }[] = []
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
    for (const { words, resolve } of heard) if (said.includes(words)) resolve()
  })
  const hear = (words: string) =>
    new Promise<void>((resolve, reject) => {
      heard.push({ words, resolve })
      if (said.includes(words)) resolve()
      child.once('exit', () => reject(new Error(`the worker ended: ${said}`)))
    })
  await hear('Ready for scenarios')
  return { child, said: () => said }
}

async function keysOf(pattern: string, of = url): Promise<string[]> {
  const redis = new Redis(of)
  try {
    return await redis.keys(pattern)
  } finally {
    redis.disconnect()
  }
}

describe('a sweep through a queue', () => {
  test('by two worker processes, one of them killed in mid-scenario: all are solved, as they are here', async () => {
    // Scenarios long enough to be killed in.
    const sweep = makeSweep(readFixture('openb/openb-slice-30'), {
      axes: [{ name: 'budget', values: ['budget:2', 'budget:6', 'budget:20'] }],
      seeds: [1, 2],
      options: { workLimit: 300 }
    })
    const local = await runSweep(sweep)
    const [first] = await Promise.all([
      startProcess('killed', '--concurrency', '1'),
      startProcess('killed', '--concurrency', '1')
    ])
    const path = join(makeFolder(), 'sweep.jsonl')
    let killed = false
    const run = runSweepOnQueue(sweep, {
      connection: url,
      queueName: 'killed',
      pollMs: 300,
      journal: fileSweepJournal(path),
      onProgress: ({ done, running }) => {
        if (killed || done < 1 || running < 2) return
        killed = true
        first.child.kill('SIGKILL')
      }
    })
    const answer = await run
    expect(killed).toBe(true)
    expect(first.child.signalCode).toBe('SIGKILL')
    expect(answer).toMatchObject({ failed: 0, missing: [] })
    expect(answer.scenarios.map(comparable)).toEqual(local.scenarios.map(comparable))
    const { records } = parseSweepJournal(readFileSync(path, 'utf8'), path)
    expect(records.map(({ id }) => id).sort()).toEqual(sweep.scenarios.map(({ id }) => id).sort())
    // Answers that were collected are gone, job by job.
    for (const { id } of sweep.scenarios) expect(await keysOf(`*${id}*`)).toEqual([])
  })

  test('a scenario is not solved twice: answers that are kept serve the next sweep, without any worker', async () => {
    const sweep = sampleSweep({ ...samplePlan, seeds: [1] })
    const worker = await startWorker({ connection: url, queueName: 'kept', concurrency: 2 })
    const first = await runSweepOnQueue(sweep, { connection: url, queueName: 'kept', keepResults: true })
    await worker.close()
    const again = await runSweepOnQueue(sweep, { connection: url, queueName: 'kept' })
    expect(again).toEqual(first)
  })

  test('two sweeps at the same time share what they have in common', async () => {
    const sweep = sampleSweep({ ...samplePlan, seeds: [1] })
    const solved: string[] = []
    const worker = await startWorker({
      connection: url,
      queueName: 'shared',
      concurrency: 2,
      onEvent: (event) => void (event.kind === 'solved' && solved.push(event.record.id))
    })
    const options = { connection: url, queueName: 'shared', keepResults: true, pollMs: 300 }
    const answers = await Promise.all([runSweepOnQueue(sweep, options), runSweepOnQueue(sweep, options)])
    await worker.close()
    expect(answers[0]).toEqual(answers[1])
    expect(solved.sort()).toEqual(sweep.scenarios.map(({ id }) => id).sort())
  })

  test('an abort takes what waits out of the queue', async () => {
    const sweep = sampleSweep({ ...samplePlan, seeds: [1] })
    const stop = new AbortController()
    const reason = new Error('enough')
    const run = runSweepOnQueue(sweep, { connection: url, queueName: 'aborted', signal: stop.signal })
    await expect.poll(async () => (await keysOf(`*aborted*${sweep.scenarios.at(-1)?.id}*`)).length).toBeGreaterThan(0)
    stop.abort(reason)
    await expect(run).rejects.toBe(reason)
    for (const { id } of sweep.scenarios) expect(await keysOf(`*aborted*${id}*`)).toEqual([])
  })

  test('a worker that is closed finishes what it has, and leaves the rest to others', async () => {
    const sweep = sampleSweep({ ...samplePlan, seeds: [1] })
    const options = { connection: url, queueName: 'closed', concurrency: 1 }
    const seen: string[] = []
    let closing: Promise<void> | undefined
    const first = await startWorker({
      ...options,
      onEvent: (event) => {
        if (event.kind === 'solved') seen.push(event.record.id)
        if (event.kind === 'taken') closing ??= Promise.resolve().then(() => first.close())
      }
    })
    const run = runSweepOnQueue(sweep, { connection: url, queueName: 'closed', pollMs: 300 })
    await expect.poll(() => closing !== undefined, { timeout: 20_000 }).toBe(true)
    await closing
    expect(seen.length).toBeLessThanOrEqual(2)
    const second = await startWorker(options)
    expect(await run).toMatchObject({ failed: 0, missing: [] })
    await second.close()
  })

  test('Redis that goes away does not hold an abort', async () => {
    const own = await startRedis(command)
    const sweep = sampleSweep({ ...samplePlan, seeds: [1, 2, 3] })
    const stop = new AbortController()
    const run = runSweepOnQueue(sweep, { connection: own.url, queueName: 'gone', signal: stop.signal })
    run.catch(() => {})
    await expect.poll(async () => (await keysOf('*', own.url)).length).toBeGreaterThan(5)
    await own.end()
    stop.abort(new Error('enough'))
    await expect(run).rejects.toThrow('enough')
  })

  test('Redis that is started anew in the middle, with nothing in it, costs time only', async () => {
    const first = await startRedis(command)
    const sweep = sampleSweep({ ...samplePlan, seeds: [1, 2] })
    const options = { connection: first.url, queueName: 'anew' }
    const worker = await startWorker({ ...options, concurrency: 1, lockDuration: 1000, stalledInterval: 500 })
    let restarted = false
    const answer = await runSweepOnQueue(sweep, {
      ...options,
      pollMs: 300,
      onProgress: ({ done }) => {
        if (done < 3 || restarted) return
        restarted = true
        void first.end().then(() => startRedis(command, first.port))
      }
    })
    expect(restarted).toBe(true)
    expect(answer).toMatchObject({ failed: 0, missing: [] })
    expect(answer.scenarios).toHaveLength(12)
    await worker.close()
  })
})

describe('from the command line', () => {
  test('capacity sweep --redis prints what capacity sweep prints', async () => {
    const problem = fileURLToPath(new URL('../../fixtures/quickstart.problem.yaml', import.meta.url))
    const args = ['capacity', 'sweep', problem, '--axis', 'growth=none|growth:1.5', '--work-limit', '200', '-q']
    const output = (more: readonly string[]) =>
      new Promise<string>((resolve, reject) => {
        const child = spawn(process.execPath, [MAIN, ...args, ...more], { stdio: ['ignore', 'pipe', 'inherit'] })
        let text = ''
        child.stdout.setEncoding('utf8').on('data', (piece: string) => {
          text += piece
        })
        child.on('error', reject).on('close', () => resolve(text))
      })
    const { child } = await startProcess('command')
    const [here, there] = [await output([]), await output(['--redis', url, '--queue', 'command'])]
    expect(there).toBe(here)
    expect(here).toContain('growth:1.5')
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})

describe('what cannot be used', () => {
  const sweep = sampleSweep()

  test('Redis that does not answer is named, without its password', async () => {
    const connection = 'redis://me:secret@127.0.0.1:1'
    for (const use of [() => runSweepOnQueue(sweep, { connection }), () => startWorker({ connection })]) {
      await expect(use()).rejects.toThrow(QueueUnavailableError)
      await expect(use()).rejects.toThrow(/redis:\/\/127\.0\.0\.1:1 cannot be used: nobody listens there/)
      await expect(use()).rejects.not.toThrow(/secret/)
    }
  })

  test.each(['localhost:6379', 'http://localhost', ''])('%j is no address', async (connection) => {
    await expect(startWorker({ connection })).rejects.toThrow(/expected redis:\/\/HOST:PORT/)
  })
})

describe('jobs of others', () => {
  test('that are no scenarios fail for good, and say so', async () => {
    const { Queue } = await import('bullmq')
    const { nameQueue } = await import('../../src/bullmq/scenario-job.js')
    const queue = new Queue(nameQueue('strange'), { connection: { url } })
    const failures: string[] = []
    const worker = await startWorker({
      connection: url,
      queueName: 'strange',
      onEvent: (event) => void (event.kind === 'failed' && failures.push(event.reason))
    })
    await queue.add('x', { some: 'thing' }, { attempts: 3 })
    await expect.poll(() => failures, { timeout: 10_000 }).toEqual(['the job is no scenario of this version'])
    await worker.close()
    await queue.close()
  })
})
