import { expect, test } from 'vitest'
import { createSolverPool } from '../../dist/src/workers/pool.js'
import { describeError, reviveError } from '../../src/workers/error-transfer.js'
import { packingProgram } from '../solvers/packing-program.js'
import { watchedWorkers } from './worker-fixtures.js'

const program = packingProgram(6, 3)

test('an error of a worker arrives with name, message, code and cause, and the thread stays', async () => {
  const { workers, createWorker } = watchedWorkers()
  await using pool = createSolverPool({ createWorker })
  const error: unknown = await pool.run({ solver: '__proto__' as 'highs', program }).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ name: 'UnknownSolverError', code: 'UNKNOWN_SOLVER' })
  expect((await pool.run({ solver: 'highs', program })).termination).toBe('optimal')
  expect(workers).toHaveLength(1)
})

test('so do its causes, and whatever else was thrown', async () => {
  await using pool = createSolverPool(watchedWorkers('failing'))
  const failing = (name: string) => pool.run({ solver: 'highs', program: { ...program, name } })
  const error: unknown = await failing('coded').catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({
    name: 'RangeError',
    message: 'too much',
    code: 'MUCH',
    cause: { message: 'inner', code: 7 }
  })
  expect((error as Error).cause).toBeInstanceOf(Error)
  await expect(failing('text')).rejects.toMatchObject({ message: 'only text' })
})

test('a ring of causes ends', () => {
  const error = new Error('ring')
  error.cause = error
  expect(reviveError(structuredClone(describeError(error))).cause).toMatchObject({ message: 'ring' })
})

test('what makes workers and makes none is named', async () => {
  await using pool = createSolverPool({ createWorker: () => Object.create(null) })
  await expect(pool.run({ solver: 'highs', program })).rejects.toThrow(
    /^createWorker returned an object, expected a Worker/
  )
})
