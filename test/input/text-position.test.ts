import { expect, test } from 'vitest'
import { describePosition } from '../../src/input/text-position.js'

test('names line and column and puts a caret below the place', () => {
  expect(describePosition('a: 1\nb: [\nc: 2', 8, 'here')).toBe('line 2, column 4: here\n  2 | b: [\n    |    ^')
})

test('shows of a long line what surrounds the place', () => {
  const text = `${'x'.repeat(500)}!${'y'.repeat(500)}`
  const [, shown = '', caret = ''] = describePosition(text, 500, 'here').split('\n')
  expect(shown.length).toBeLessThan(80)
  expect(shown[caret.indexOf('^')]).toBe('!')
})

test('points behind the last character where the file ends too early', () => {
  expect(describePosition('{"a":', 5, 'here')).toBe('line 1, column 6: here\n  1 | {"a":\n    |      ^')
})
