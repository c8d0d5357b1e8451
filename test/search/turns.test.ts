import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { formulateAggregated, formulateInSteps } from '../../models/formulations/aggregated.js'
import { compileInstance } from '../../models/instance/compile.js'
import { Budget } from '../../src/budget.js'
import { greedyPackings } from '../../src/search/greedy/greedy.js'
import { takeTurn } from '../../src/turns.js'

const fixture = new URL('../../fixtures/synthetic/synthetic-100-1.problem.json', import.meta.url)
const instance = compileInstance(parseProblem(JSON.parse(readFileSync(fixture, 'utf8'))))

function* steps<Yielded>(...yielded: Yielded[]): Generator<Yielded, string> {
  yield* yielded
  return 'the end'
}

test('a turn ends with what is yielded, and goes on where it ended', () => {
  const work = steps(null, 'first', null, null, 'second', null)
  expect(takeTurn(work)).toEqual({ done: false, value: 'first' })
  expect(takeTurn(work)).toEqual({ done: false, value: 'second' })
  expect(takeTurn(work)).toEqual({ done: true, value: 'the end' })
})

test('a turn that takes long ends with nothing', () => {
  function* slow(): Generator<null, string> {
    for (let step = 0; step < 3; step++) {
      const until = performance.now() + 60
      while (performance.now() < until);
      yield null
    }
    return 'the end'
  }
  const work = slow()
  expect([takeTurn(work), takeTurn(work), takeTurn(work)]).toEqual(Array(3).fill({ done: false, value: null }))
  expect(takeTurn(work)).toEqual({ done: true, value: 'the end' })
})

test('greedy lets others have the thread while it empties nodes, and while it repacks', () => {
  // Nulls before each packing: the first is done in one piece.
  const pauses: number[] = []
  let since = 0
  for (const state of greedyPackings(instance, Budget.ofWork(Infinity))) {
    if (state === null) since++
    else {
      pauses.push(since)
      since = 0
    }
  }
  expect(pauses.length).toBeGreaterThan(4)
  expect(Math.min(...pauses.slice(1))).toBeGreaterThan(20)
})

test('a program written down in steps is the same', () => {
  const work = formulateInSteps(instance)
  let count = 0
  let step = work.next()
  for (; step.done !== true; step = work.next()) count++
  expect(count).toBeGreaterThan(9)
  expect(step.value.program('total').program).toEqual(formulateAggregated(instance).program('total').program)
})
