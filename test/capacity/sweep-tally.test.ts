import { expect, test } from 'vitest'
import { SweepTally } from '../../src/capacity/sweep/progress.js'

test('the rest takes as long as what was, by as many at a time', () => {
  const tally = new SweepTally(10, 2, 1, 0)
  expect(tally.at(5)).toEqual({
    done: 2,
    total: 10,
    running: 0,
    failed: 1,
    resumed: 2,
    elapsedMs: 5,
    remainingMs: null
  })
  tally.start('a', 0)
  tally.start('b', 0)
  tally.end('a', false, 1000)
  tally.start('c', 1000)
  // b should end now, c in a second; five wait, a second each; two at a time.
  expect(tally.at(1000)).toMatchObject({ done: 3, running: 2, failed: 1, remainingMs: 3000 })
  tally.end('b', true, 3000)
  // Two seconds each: c is late by none, five wait.
  expect(tally.at(3000)).toMatchObject({ done: 4, failed: 2, remainingMs: 5000 })
})
