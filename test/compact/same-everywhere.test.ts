import { Worker } from 'node:worker_threads'
import { type CompactOptions, compact, type ProblemInput, type Result } from 'replica-compactor'
import { afterAll, describe, expect, test } from 'vitest'
import { expectChecked, readFixture } from './planned.js'
import '../workers/platform/killed-threads.js'
import { randomCluster } from './random-cluster.js'

/** A Result but for what a clock says. */
function withoutSeconds(result: Result): unknown {
  return JSON.parse(JSON.stringify(result, (key, value: unknown) => (key === 'seconds' ? undefined : value)))
}

async function plan(problem: ProblemInput, options: CompactOptions): Promise<Result> {
  const result = await compact(problem, options)
  expectChecked(problem, result)
  return result
}

/** Threads that keep the cores busy until they are ended. */
function loadMachine(): Worker[] {
  const busy = 'for (;;);'
  return Array.from({ length: 3 }, () => new Worker(busy, { eval: true }))
}

const loops: Worker[] = []
afterAll(() => Promise.all(loops.map((loop) => loop.terminate())))

const seeds = Array.from({ length: 10 }, (_, index) => index)
const problems: [string, number, () => ProblemInput][] = [
  ['synthetic-12', 2000, () => readFixture('synthetic/synthetic-12-1')],
  ['synthetic-25', 2000, () => readFixture('synthetic/synthetic-25-1')],
  ['dense-25', 2000, () => readFixture('dense/dense-25-1')],
  ['openb-30', 1200, () => readFixture('openb/openb-slice-30')],
  ...seeds.map((seed): [string, number, () => ProblemInput] => [`cluster ${seed}`, 600, () => randomCluster(seed)])
]

describe('the same Result under a work limit', () => {
  const known = new Map<string, unknown>()

  test.each([1, 2, 4, 4, 2, 1])('with %i threads', async (threads) => {
    for (const [name, workLimit, read] of problems) {
      const result = withoutSeconds(await plan(read(), { workLimit, threads }))
      if (known.has(name)) expect(result, name).toEqual(known.get(name))
      known.set(name, result)
    }
  })

  test('on a machine with much else to do', async () => {
    loops.push(...loadMachine())
    for (const [name, workLimit, read] of problems) {
      expect(withoutSeconds(await plan(read(), { workLimit, threads: 2 })), name).toEqual(known.get(name))
    }
  })
})
