import { CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { InputError } from '../../models/contract/parse.js'
import { describeFailure, UsageError } from '../../src/cli/failure.js'

test('wrong input is one message with exit code 2', () => {
  const input = new InputError('problem', [{ path: 'nodes[0].id', found: 'nothing', expected: 'a string' }])
  expect(describeFailure(input, true)).toEqual({
    message: 'replica-compactor: problem: nodes[0].id: found nothing, expected a string\n',
    exitCode: 2
  })
  expect(describeFailure(new UsageError('x: no'), true)).toEqual({ message: 'replica-compactor: x: no\n', exitCode: 2 })
})

test('names from files drive no terminal', () => {
  const input = new InputError('kubernetes', [
    { path: 'a.json', found: 'no price: \x1b[31mn\u009b1m', expected: '\ud800' }
  ])
  for (const error of [input, new UsageError('\x1b[31mn\u009b1m\ud800'), new TypeError('\x1b[31mn\u009b1m\ud800')]) {
    const { message } = describeFailure(error, false)
    expect(message).toContain('\\u001b[31mn\\u009b1m')
    expect(message).toContain('\\ud800')
    expect(message).not.toMatch(/[^\n\P{Cc}]|\p{Cs}/u)
  }
})

test('what commander has said is not said again', () => {
  expect(describeFailure(new CommanderError(1, 'commander.unknownOption', 'x'), false)).toEqual({
    message: '',
    exitCode: 2
  })
  expect(describeFailure(new CommanderError(0, 'commander.helpDisplayed', 'x'), false)).toEqual({
    message: '',
    exitCode: 0
  })
})

test('a fault of ours asks for a report, and shows its stack only when asked', () => {
  const fault = new TypeError('x is not a function')
  const quiet = describeFailure(fault, false)
  expect(quiet.exitCode).toBe(1)
  expect(quiet.message).toContain('TypeError: x is not a function\n')
  expect(quiet.message).toContain('please report it')
  expect(quiet.message).not.toMatch(/^\s+at /m)
  expect(describeFailure(fault, true).message).toMatch(/^\s+at /m)
  expect(describeFailure('a text', false).message).toContain('a text')
})
