import { expect, test } from 'vitest'
import { chooseStyle } from '../../src/cli/terminal.js'
import { ansiStyle, plainStyle } from '../../src/report/text/style.js'

test.each([
  [true, {}, ansiStyle],
  [false, {}, plainStyle],
  [true, { TERM: 'dumb' }, plainStyle],
  [true, { NO_COLOR: '1' }, plainStyle],
  [true, { NO_COLOR: '' }, ansiStyle],
  [false, { FORCE_COLOR: '1' }, ansiStyle],
  [false, { FORCE_COLOR: '' }, ansiStyle],
  [true, { FORCE_COLOR: '0' }, plainStyle],
  [true, { FORCE_COLOR: '1', NO_COLOR: '1' }, ansiStyle]
])('terminal %s, environment %j', (isTTY, environment, expected) => {
  expect(chooseStyle({ isTTY }, environment)).toEqual(expected)
})

test.each([
  [undefined, 100],
  [0, 100],
  [30, 60],
  [80, 80],
  [250, 100]
])('a terminal of %s columns gives a report of %d', (columns, width) => {
  expect(chooseStyle({ isTTY: true, ...(columns === undefined ? {} : { columns }) }, {}).width).toBe(width)
})

test.each([
  [{}, false],
  [{ LANG: '' }, false],
  [{ LANG: 'C' }, true],
  [{ LANG: 'de_DE.ISO-8859-1' }, true],
  [{ LANG: 'C', LC_CTYPE: 'C.UTF-8' }, false],
  [{ LANG: 'en_US.utf8', LC_ALL: 'POSIX' }, true],
  [{ TERM: 'linux', LANG: 'en_US.UTF-8' }, true]
])('environment %j: charts in ASCII is %s', (environment, expected) => {
  expect(chooseStyle({ isTTY: true }, environment).ascii).toBe(expected)
})
