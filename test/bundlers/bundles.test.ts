import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { root } from '../package/packed.js'
import { needBrowser } from './browser.js'
import { buildWithVite } from './build-with-vite.js'
import { buildWithWebpack } from './build-with-webpack.js'
import { installConsumer, optimum } from './installed-consumer.js'
import { marksIn } from './marks.js'
import { type Files, type Output, readOutput } from './output.js'
import { isolation, serve } from './static-server.js'

const limits = JSON.parse(readFileSync(join(root, 'benchmarks/size-limits.json'), 'utf8'))

const compressed = (files: Files) => [...files.values()].reduce((total, content) => total + gzipSync(content).length, 0)

describe.each([
  ['Vite', buildWithVite],
  ['webpack', buildWithWebpack]
])('%s', (_, build) => {
  const consumer = installConsumer()
  let output: Output
  let files: ReturnType<typeof readOutput>
  beforeAll(async () => {
    output = await build(consumer)
    files = readOutput(output)
  }, 180_000)

  test('builds a consumer without a warning', () => {
    expect(output.complaints).toEqual([])
  })

  test('puts the solvers into files of the workers only', () => {
    expect(marksIn(files.workers)).toEqual(['highs', 'javascript-lp-solver'])
    expect(marksIn(files.page)).toEqual([])
  })

  test('puts glpk.js nowhere, though it is installed, nor what the command needs', () => {
    expect(marksIn(files.all)).toEqual(['highs', 'javascript-lp-solver'])
  })

  test('makes nothing that needs Node', () => {
    const ofNode = /["'`]node:[a-z_/]+["'`]|\brequire\(/
    expect([...files.all].filter(([path, content]) => path.endsWith('.js') && ofNode.test(`${content}`))).toEqual([])
  })

  test('makes scripts within the limits of size', () => {
    expect(compressed(files.page)).toBeLessThanOrEqual(limits.pageScriptsGzipBytes)
    expect(compressed(files.workers)).toBeLessThanOrEqual(limits.workerScriptsGzipBytes)
  })

  describe('in Chromium', () => {
    const visit = needBrowser()

    test.each([
      ['an isolated page', isolation, true],
      ['any page', {}, false]
    ])('makes what plans with HiGHS in workers, in %s', async (_, headers, isIsolated) => {
      const address = await serve(output.folder, headers)
      const { workers, requests, ...rest } = await visit(address)
      expect(rest).toEqual({ answer: optimum, isIsolated, faults: [] })
      expect(workers).not.toEqual([])
      expect(requests.filter((url) => !url.startsWith(address) && !url.startsWith('data:'))).toEqual([])
    })

    test('leaves a page that forbids WebAssembly with an answer', async () => {
      const policy = { 'Content-Security-Policy': "script-src 'self'" }
      const { answer, workers, requests } = await visit(await serve(output.folder, policy))
      expect(answer).toMatchObject({ cost: optimum.cost, solver: 'javascript-lp-solver' })
      const cause =
        "the Content-Security-Policy of the page forbids WebAssembly; script-src 'wasm-unsafe-eval' allows it"
      expect(answer).toMatchObject({
        notes: [expect.stringContaining(`HiGHS could not be used: ${cause} (CompileError: `)]
      })
      expect(answer).toMatchObject({ notes: [expect.stringMatching(/\); javascript-lp-solver answered$/)] })
      // Once as a stream and once as a whole; not with every program.
      expect(requests.filter((url) => url.endsWith('.wasm')).length).toBeLessThanOrEqual(2 * workers.length)
    })

    test('tells a page that has the binary of HiGHS elsewhere of locateHighs', async () => {
      const { answer } = await visit(await serve(output.folder, {}, '.wasm'))
      expect(answer).toMatchObject({
        cost: optimum.cost,
        solver: 'javascript-lp-solver',
        notes: [expect.stringMatching(/^HiGHS could not be used: .*locateHighs.*README/)]
      })
    })
  })
})
