import { type CompactOptions, compact, exportProgram, InputError, sequence } from 'replica-compactor'
import { expect, test } from 'vitest'
import { expectChecked, readFixture } from './planned.js'

const problem = readFixture('synthetic/synthetic-12-1')

test.each<[keyof CompactOptions, unknown]>([
  ['timeLimitMs', 0],
  ['timeLimitMs', -1],
  ['timeLimitMs', Number.NaN],
  ['timeLimitMs', '1000'],
  ['timeLimitMs', null],
  ['relativeGap', -0.1],
  ['relativeGap', 1],
  ['relativeGap', Number.NaN],
  ['seed', 1.5],
  ['seed', -1],
  ['threads', 0],
  ['threads', 1.5],
  ['threads', 1000],
  ['solver', 'simplex'],
  ['solver', null],
  ['searches', 'column-generation'],
  ['searches', ['simplex']],
  ['searches', null],
  ['maxMigrations', -1],
  ['maxMigrations', 0.5],
  ['maxMoveCost', -1],
  ['maxMoveCost', Number.POSITIVE_INFINITY],
  ['onProgress', 'print'],
  ['onProgress', 5],
  ['createWorker', {}],
  ['signal', {}],
  ['signal', 5],
  ['signal', new EventTarget()]
])('%s: %s is refused by name', async (option, value) => {
  const run = compact(problem, { [option]: value } as CompactOptions)
  await expect(run).rejects.toBeInstanceOf(InputError)
  await expect(run).rejects.toMatchObject({ subject: 'options', issues: [{ path: option }] })
})

test.each([[5], ['fast'], [true], [[]]])('%j are no options: the call rejects', async (options) => {
  const expected = { subject: 'options', issues: [{ path: '', expected: 'an object of options' }] }
  await expect(compact(problem, options as CompactOptions)).rejects.toBeInstanceOf(InputError)
  await expect(compact(problem, options as CompactOptions)).rejects.toMatchObject(expected)
  await expect(sequence(problem, {}, options as CompactOptions)).rejects.toMatchObject(expected)
})

test('all that is wrong is named at once', async () => {
  await expect(compact(problem, { seed: -1, threads: 0 })).rejects.toMatchObject({
    issues: [{ path: 'seed' }, { path: 'threads' }]
  })
})

test('an unknown option is named, with those that there are', async () => {
  const issue = { path: 'timeLimit', expected: expect.stringContaining('one of timeLimitMs, relativeGap') }
  await expect(compact(problem, { timeLimit: 5 } as CompactOptions)).rejects.toMatchObject({ issues: [issue] })
  const expected = 'one of timeLimitMs, seed, certificate, signal'
  await expect(sequence(problem, {}, { threads: 1 } as CompactOptions)).rejects.toMatchObject({
    issues: [{ expected }]
  })
  expect(() => exportProgram(problem, 'foo' as 'lp')).toThrow('format: found "foo", expected "lp" or "mps"')
})

test('what is no Problem is refused with its places', async () => {
  await expect(compact({ ...problem, nodes: [{ ...problem.nodes[0], costPerHour: -1 }] })).rejects.toBeInstanceOf(
    InputError
  )
  await expect(compact(undefined)).rejects.toBeInstanceOf(InputError)
})

test('a value that is something else altogether is told what it should be, and nothing of files', async () => {
  await expect(compact('text')).rejects.toThrow(
    /^problem: found "text", expected a Problem \{ schemaVersion, nodes, deployments, replicas \}$/
  )
  await expect(sequence(problem, [1, 2, 3])).rejects.toThrow(
    /^placement: found \[1, 2, 3\], expected a Placement \{ schemaVersion, placement \} or a whole Result$/
  )
})

test('options that are left undefined take their defaults', async () => {
  const options = { timeLimitMs: undefined, seed: undefined, solver: undefined } as unknown as CompactOptions
  const result = await compact(problem, options)
  expectChecked(problem, result)
  expect(result.solve.seed).toBe(1)
})
