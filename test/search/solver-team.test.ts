import { expect, test } from 'vitest'
import { ProgramBuilder } from '../../models/linear-program/program.js'
import type { SolverOutcome } from '../../models/linear-program/solution.js'
import { SolverTeam } from '../../src/search/solver-team.js'
import type { SolverPool } from '../../src/workers/pool.js'

const program = new ProgramBuilder().build('empty')
const silent: SolverOutcome = {
  termination: 'time-limit',
  solution: null,
  objective: Infinity,
  bound: -Infinity,
  seconds: 0
}

/** A team whose pool gives these outcomes in turn. */
function teamThatHears(...outcomes: Partial<SolverOutcome>[]): SolverTeam {
  const run = async () => ({ ...silent, ...outcomes.shift() })
  return new SolverTeam({ run } as unknown as SolverPool, ['glpk', 'javascript-lp-solver'])
}

test.each<[string, Partial<SolverOutcome>, string[]]>([
  ['a point', { solver: 'glpk', solution: Float64Array.of() }, ['glpk']],
  ['a bound', { solver: 'javascript-lp-solver', bound: 3 }, ['javascript-lp-solver']],
  ['a verdict', { solver: 'glpk', termination: 'infeasible' }, ['glpk']],
  ['nothing in time', { solver: 'glpk' }, []],
  ['a failure', { solver: 'glpk', termination: 'failed' }, []],
  ['that it is unsupported', { termination: 'unsupported' }, []],
  ['a point, in the name of one that was not asked', { solver: 'highs', solution: Float64Array.of() }, []]
])('who says %s has answered, or has not', async (_name, outcome, answered) => {
  const team = teamThatHears(outcome)
  await team.solve(program, {})
  expect(team.answered).toEqual(answered)
})

test.each<[string, Partial<SolverOutcome>, string[]]>([
  ['comes to no end in time', { solver: 'javascript-lp-solver' }, ['javascript-lp-solver']],
  ['is interrupted', { solver: 'glpk', termination: 'interrupted' }, ['glpk']],
  ['is killed before it says its name', {}, ['glpk']],
  ['fails', { solver: 'glpk', termination: 'failed' }, []]
])('who %s has tried, or has not', async (_name, outcome, tried) => {
  const team = teamThatHears(outcome)
  await team.solve(program, {})
  expect(team.tried).toEqual(tried)
})

test('those who answered are named once, in the order of their first answers', async () => {
  const answers = ['javascript-lp-solver', 'glpk', 'javascript-lp-solver'].map((solver) => ({ solver, bound: 1 }))
  const team = teamThatHears(...answers)
  for (const _ of answers) await team.solve(program, {})
  expect(team.answered).toEqual(['javascript-lp-solver', 'glpk'])
})

test('a solver that cannot be used gives its reason, one that can or is late none', async () => {
  const team = teamThatHears({ termination: 'unsupported', message: 'not installed' }, { termination: 'optimal' }, {})
  const refusals = [
    await team.findRefusal(program, {}),
    await team.findRefusal(program, {}),
    await team.findRefusal(program, {})
  ]
  expect(refusals).toEqual(['not installed', null, null])
})

test('where none gives anything, what went wrong first is told; where one does, nothing did', async () => {
  const run = async () => Promise.reject(new Error('the worker failed'))
  const team = new SolverTeam({ run } as unknown as SolverPool, ['highs'])
  expect(team.trouble).toBe(null)
  await expect(team.solve(program, {})).rejects.toThrow('the worker failed')
  expect(team.trouble).toBe('the worker failed')

  const late = teamThatHears({ termination: 'unsupported', message: 'not here' }, { solver: 'glpk', bound: 1 })
  await late.solve(program, {})
  expect(late.trouble).toBe('not here')
  await late.solve(program, {})
  expect(late.trouble).toBe(null)
})

test.each<[string, Partial<SolverOutcome>, string | null]>([
  ['in time', {}, 'glpk, javascript-lp-solver gave nothing in time'],
  ['before it was interrupted', { termination: 'interrupted' }, null],
  ['in time, but a bound', { solver: 'glpk', bound: 1 }, null]
])('who gives nothing %s is told of, or is not', async (_name, outcome, trouble) => {
  const asked = teamThatHears(outcome)
  await asked.solve(program, {})
  expect(asked.trouble).toBe(trouble)
})

test('nor do those give anything that do not say in time whether they can be used', async () => {
  const team = teamThatHears({})
  await team.findRefusal(program, {})
  expect(team.trouble).toContain('nothing in time')
})

test('what went wrong is told before what was late', async () => {
  const team = teamThatHears({}, { termination: 'failed', message: 'out of memory' })
  await team.solve(program, {})
  await team.solve(program, {})
  expect(team.trouble).toBe('out of memory')
})

test('who is passed over as long as another can be asked is kept, the first of them', async () => {
  const told = ['HiGHS could not be used', undefined, 'glpk.js is not installed']
  const run: SolverPool['run'] = async (_, { onProgress } = {}) => {
    const passedOver = told.shift()
    onProgress?.({ bound: -Infinity, seconds: 0, solver: 'glpk', ...(passedOver !== undefined && { passedOver }) })
    return silent
  }
  const team = new SolverTeam({ run } as unknown as SolverPool, ['highs', 'glpk'])
  expect(team.passedOver).toBe(null)
  for (let asked = 0; asked < 3; asked++) await team.solve(program, {})
  expect([team.passedOver, team.answered]).toEqual(['HiGHS could not be used', []])
})
