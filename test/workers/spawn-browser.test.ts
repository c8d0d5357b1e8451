import { expect, test } from 'vitest'
import { adoptWorker } from '../../src/workers/spawn.browser.js'
import { WorkerThread } from '../../src/workers/worker-thread.js'

/** A web worker whose thread is made of silence. */
class SilentWorker extends EventTarget {
  terminated = false
  postMessage() {}
  terminate() {
    this.terminated = true
  }
}

function thread() {
  const worker = new SilentWorker()
  const spawn = () => adoptWorker(worker as unknown as Worker)
  return { worker, thread: new WorkerThread({ spawn, graceMs: 10, lingerMs: 10, sharesMemory: false }) }
}

const call = {
  kind: 'solve',
  input: () => {
    throw new Error('never started')
  },
  onProgress: () => {},
  stop: new AbortController().signal
} as const

test.each([
  ['error', Object.assign(new Event('error'), { message: 'no such script' }), /no such script/],
  ['messageerror', new Event('messageerror'), /cannot be read/]
])('an %s of a web worker rejects its call and ends it', async (_, event, message) => {
  const { worker, thread: under } = thread()
  const answer = under.call(call)
  worker.dispatchEvent(event)
  await expect(answer).rejects.toMatchObject({ code: 'WORKER_DIED', message: expect.stringMatching(message) })
  expect(worker.terminated).toBe(true)
  expect(under.spawned).toBe(false)
})

test('a web worker tells nobody when it is terminated; its handle does', async () => {
  const { worker, thread: under } = thread()
  const answer = under.call(call)
  await Promise.all([expect(answer).rejects.toMatchObject({ code: 'WORKER_DIED' }), under.close()])
  expect(worker.terminated).toBe(true)
})
