import { expect, test } from 'vitest'
import { formatQuestion } from '../../../src/cli/asking.js'

test.each([
  [{ elapsedMs: 400, done: 0, of: 4032, doing: 'choosing the base' }, '1.9 s  choosing the base'],
  [{ elapsedMs: 8_000, done: 2688, of: 4032, doing: 'filling the periods' }, '9.5 s  66 %  filling the periods'],
  [{ elapsedMs: 60_000, done: 2, of: 6, doing: 'listed, repack: chat' }, '1 min 1 s  2 of 6  listed, repack: chat']
])('progress tells the time, how much is done once something is, and what is being done: %j', (state, said) => {
  expect(formatQuestion(state, 1500)).toBe(said)
})
