import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { expect, test } from 'vitest'
import { installConsumer, optimum } from './installed-consumer.js'

const folder = join(installConsumer(), 'glpk')

/** What a program says whose `createWorker` starts this script. */
function run(script: string, solver: string): unknown {
  const args = ['in-node.js', script, solver]
  return JSON.parse(execFileSync(execPath, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe', timeout: 30_000 }))
}

test('in Node `createWorker` starts the worker of the package by its name', () => {
  expect(run('replica-compactor/solver-worker', 'highs')).toEqual({ cost: optimum.cost, solver: 'highs' })
})

test('in Node a worker of its own provides GLPK', () => {
  expect(run('./worker.js', 'glpk')).toEqual({ cost: optimum.cost, solver: 'glpk' })
})

test('what a worker of its own provides is what is used', () => {
  writeFileSync(
    join(folder, 'other-worker.js'),
    `import { provideGlpk } from 'replica-compactor/solver-worker'
    provideGlpk(() => Promise.reject(new Error('not this one')))`
  )
  expect(() => run('./other-worker.js', 'glpk')).toThrow(/not this one/)
})
