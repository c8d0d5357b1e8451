import { afterEach, expect, test } from 'vitest'
import { provideGlpk } from '../../src/solvers/glpk/runtime.js'
import { SolverCrashedError } from '../../src/solvers/solver.js'
import { solveWith } from '../../src/solvers/solvers.js'
import { packingProgram } from './packing-program.js'

const program = packingProgram(6, 3)
const loadGlpk = () => import('glpk.js/node')

afterEach(() => provideGlpk(loadGlpk))

const notInstalled = async () => {
  throw new Error("Cannot find package 'glpk.js'")
}

test('without glpk.js it is unsupported, and the message says how to get it', async () => {
  provideGlpk(notInstalled)
  const outcome = await solveWith('glpk', program)
  expect(outcome).toMatchObject({ termination: 'unsupported', solution: null, bound: -Infinity })
  expect(outcome.message).toMatch(/Cannot find package 'glpk\.js'.*npm install glpk\.js.*provideGlpk/)
})

test.each([
  ['nothing', async () => undefined],
  ['something else', async () => ({ default: 7 })],
  ['what does not start', async () => ({ default: () => Promise.reject(new Error('no WebAssembly')) })]
])('what is loaded as glpk.js and is %s makes it unsupported', async (_, load) => {
  provideGlpk(load)
  expect((await solveWith('glpk', program)).termination).toBe('unsupported')
})

test('without glpk.js the next solver answers', async () => {
  provideGlpk(notInstalled)
  const outcome = await solveWith(['glpk', 'highs'], program)
  expect(outcome).toMatchObject({ termination: 'optimal', solver: 'highs' })
})

test('glpk.js that comes later is used', async () => {
  provideGlpk(notInstalled)
  await solveWith('glpk', program)
  provideGlpk(loadGlpk)
  expect(await solveWith('glpk', program)).toMatchObject({ termination: 'optimal', solver: 'glpk' })
})

test('aborts in its WebAssembly that leave no answer are a crash, and every run after one has a new instance', async () => {
  let instances = 0
  let aborts = 0
  provideGlpk(async () => ({
    default: async () => {
      instances++
      return {
        solve: () => {
          aborts++
          throw new WebAssembly.RuntimeError('Aborted()')
        }
      }
    }
  }))
  for (const relaxation of [true, false]) {
    await expect(solveWith('glpk', program, { relaxation })).rejects.toThrow(SolverCrashedError)
    expect(instances).toBe(aborts)
  }
  expect(aborts).toBeGreaterThan(1)
})
