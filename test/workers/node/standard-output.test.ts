import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const built = (path: string) => new URL(`../../../dist/${path}`, import.meta.url)

test('what a solver prints in its thread is no output of the process', async () => {
  // Presolving this program, GLPK fails an assertion and says so.
  const script = `
    const { ProgramBuilder } = await import('${built('models/linear-program/program.js')}')
    const { createSolverPool } = await import('${built('src/workers/pool.js')}')
    const builder = new ProgramBuilder()
    builder.column('', { lower: 3 })
    builder.column('', { lower: -6, upper: 0.5, integer: true })
    builder.column('', { lower: -Infinity, upper: 3 })
    builder.row('', -1, 2, [[0, 1], [2, 2]])
    builder.row('', -Infinity, 3.5, [[0, 3], [2, 1]])
    const pool = createSolverPool()
    const { termination } = await pool.run({ solver: 'glpk', program: builder.build('') })
    process.stdout.write(termination)
    await pool.close()`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  expect(stdout).toBe('infeasible')
})

test('so it is however a solver prints: all of it is told as an error', async () => {
  const script = `
    const { Worker } = await import('node:worker_threads')
    const { createSolverPool } = await import('${built('src/workers/pool.js')}')
    const createWorker = () => new Worker(new URL('${new URL('../scripts/loud-worker.mjs', import.meta.url)}'), { execArgv: [] })
    const pool = createSolverPool({ createWorker })
    await pool.warm()
    process.stdout.write('done')
    await pool.close()`
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
  expect(stdout).toBe('done')
  expect(stderr).toContain('by the console\ndirectly\n')
})
