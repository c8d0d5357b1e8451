import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { freshPath, QUICKSTART, runCommand } from './run-command.js'

test('export prints the program in LP format', async () => {
  const { code, stdout } = await runCommand(['export', QUICKSTART, '--format', 'lp'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^minimize$/im)
  expect(stdout).toMatch(/^end$/im)
})

test('export -o writes the program in MPS format and prints nothing', async () => {
  const path = freshPath('quickstart.mps')
  const { code, stdout } = await runCommand(['export', QUICKSTART, '--format', 'mps', '-o', path])
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect(readFileSync(path, 'utf8')).toMatch(/^ROWS$[\s\S]*^COLUMNS$[\s\S]*^ENDATA$/m)
})
