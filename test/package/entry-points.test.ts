import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
const { resolve } = createRequire(new URL('package.json', root))

/** Every file or package that the manifest names, whatever the condition. */
function targets(entry: unknown): string[] {
  if (typeof entry === 'string') return [entry]
  return Object.values(entry as Record<string, unknown>).flatMap(targets)
}

describe('what the manifest names is there', () => {
  const named = [manifest.bin, manifest.imports, manifest.exports].flatMap(targets)
  test.each(named.filter((path) => path.startsWith('./') && !path.includes('*')))('%s', (path) => {
    expect(existsSync(new URL(path, root))).toBe(true)
  })
})

test.each([
  ['replica-compactor', 'dist/src/index.js'],
  ['replica-compactor/models', 'dist/models/index.js'],
  ['replica-compactor/file-journal', 'dist/src/execution/file-journal.js'],
  ['replica-compactor/capacity', 'dist/src/capacity/index.js'],
  ['replica-compactor/sweep-journal', 'dist/src/capacity/sweep/file-sweep-journal.js'],
  ['replica-compactor/kubernetes', 'dist/src/adapters/kubernetes/index.js'],
  ['replica-compactor/ray', 'dist/src/adapters/ray/index.js'],
  ['replica-compactor/controller', 'dist/src/controller/index.js'],
  ['replica-compactor/bullmq', 'dist/src/bullmq/index.js'],
  ['#scenario-executor', 'dist/src/capacity/sweep/scenario-executor.node.js'],
  ['replica-compactor/schemas/problem.schema.json', 'models/schemas/problem.schema.json'],
  ['replica-compactor/solver-worker', 'dist/src/workers/solver-worker.node.js'],
  ['#spawn', 'dist/src/workers/spawn.node.js'],
  ['#csv-parse', 'node_modules/csv-parse/dist/cjs/sync.cjs'],
  ['#highs', 'node_modules/highs/build/highs.js']
])('%s is %s', (specifier, path) => {
  expect(resolve(specifier)).toBe(new URL(path, root).pathname)
})

test('the command says which program runs it', () => {
  const command = readFileSync(new URL(manifest.bin['replica-compactor'], root), 'utf8')
  expect(command).toMatch(/^#!\/usr\/bin\/env node\n/)
})

test('replica-compactor/file-journal loads alone', async () => {
  const { fileJournal } = await import('replica-compactor/file-journal')
  expect(fileJournal).toBeTypeOf('function')
})

test('replica-compactor/models loads alone', async () => {
  const models = await import('replica-compactor/models')
  expect(Object.keys(models)).toContain('parseProblem')
})
