import { afterEach, expect, test } from 'vitest'
import type { SolverProgress } from '../../models/linear-program/solution.js'
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

const isThrown = (): never => {
  throw new Error('no such module')
}
const isNotCompiled = async () => {
  throw new Error('Aborted(CompileError: no WebAssembly). Build with -sASSERTIONS for more info.')
}

test.each([
  ['cannot be loaded', notInstalled, "what provideGlpk names could not be loaded: Cannot find package 'glpk.js'"],
  ['is not loaded at all', isThrown, 'what provideGlpk names could not be loaded: no such module'],
  ['is nothing', async () => undefined, 'what was loaded as glpk.js is not glpk.js'],
  ['is something else', async () => ({ default: 7 }), 'what was loaded as glpk.js is not glpk.js'],
  [
    'does not start',
    async () => ({ default: isNotCompiled }),
    'glpk.js is here and could not be started: CompileError: no WebAssembly'
  ]
])('glpk.js that %s is unsupported, and the message says which', async (_, load, message) => {
  provideGlpk(load)
  const outcome = await solveWith('glpk', program)
  expect(outcome).toMatchObject({ termination: 'unsupported', solution: null, bound: -Infinity, message })
})

test('without glpk.js the next solver answers, and first tells why', async () => {
  provideGlpk(notInstalled)
  const told: (string | undefined)[] = []
  const hooks = { onProgress: ({ passedOver }: SolverProgress) => void told.push(passedOver) }
  const outcome = await solveWith(['glpk', 'highs'], program, {}, hooks)
  expect(outcome).toMatchObject({ termination: 'optimal', solver: 'highs' })
  expect(told[0]).toContain("Cannot find package 'glpk.js'")
  expect(told.slice(1).filter((reason) => reason !== undefined)).toEqual([])
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
