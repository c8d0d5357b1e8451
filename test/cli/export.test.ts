import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { freshPath, QUICKSTART, runCommand } from './run-command.js'

test('export prints the program in LP format', async () => {
  const { code, stdout } = await runCommand(['export', QUICKSTART])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^minimize$/im)
  expect(stdout).toMatch(/^end$/im)
})

test.each([
  ['quickstart.mps', []],
  ['quickstart.txt', ['--format', 'mps']]
])('export -o %s %j writes the program in MPS format and prints nothing', async (name, format) => {
  const path = freshPath(name)
  const { code, stdout } = await runCommand(['export', QUICKSTART, ...format, '-o', path])
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect(readFileSync(path, 'utf8')).toMatch(/^ROWS$[\s\S]*^COLUMNS$[\s\S]*^ENDATA$/m)
})
