import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseRecord } from '../../../benchmarks/micro/record.mjs'
import { root } from '../../readme/readme.js'
import { makeFolder } from '../../scratch-folder.js'
import { recordOf } from './made-up.js'

const folder = makeFolder()
const run = (...args: string[]) =>
  spawnSync(process.execPath, ['benchmarks/micro.mjs', ...args], { cwd: root, encoding: 'utf8' })
const write = (name: string, value: unknown) => {
  const file = join(folder, name)
  writeFileSync(file, JSON.stringify(value))
  return file
}

test('explains itself', () => {
  const { status, stdout, stderr } = run('--help')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(/^Usage: npm run micro/)
})

test('measures what is asked for, and compares it with itself, but not with what was measured on another machine', () => {
  const file = join(folder, 'measured.json')
  const { status, stdout } = run('--quick', '--only', 'device', '-o', file)
  expect(status).toBe(0)
  const rows = stdout.split('\n').filter((line) => line.startsWith('| device'))
  expect(rows).toHaveLength(1)
  const record = parseRecord(JSON.parse(readFileSync(file, 'utf8')))
  // As many nodes as there are: what they hold fits.
  expect(record.tasks).toMatchObject([{ name: 'device packing openb-slice-400', outcome: 399 }])
  expect(record.tasks[0]?.roundsMs).toHaveLength(5)
  expect(record.machine.architecture).toBe(process.arch)

  const same = run('--compare', file, '--with', file)
  expect({ status: same.status, stderr: same.stderr }).toEqual({ status: 0, stderr: '' })
  expect(same.stdout).toContain('No task of 1 became slower.')

  const elsewhere = write('elsewhere.json', { ...record, machine: { ...record.machine, cpu: 'Another', cores: 999 } })
  const refused = run('--compare', elsewhere)
  expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status: 2, stdout: '' })
  expect(refused.stderr).toContain(`Another then, ${record.machine.cpu} now`)
  expect(refused.stderr).toContain(`999 then, ${record.machine.cores} now`)
})

describe('two records', () => {
  const before = write('before.json', recordOf({ fast: [1, 1, 1], slow: [1, 1, 1] }))
  const after = write('after.json', recordOf({ fast: [1, 1, 1], slow: [2, 2, 2] }))

  test('of which the later is slower: exit code 1, and the task is named', () => {
    const { status, stdout } = run('--compare', before, '--with', after)
    expect(status).toBe(1)
    expect(stdout).toContain('slower: slow takes 2.00 times as long')
    expect(run('--compare', after, '--with', before).status).toBe(0)
  })

  test('that have no task in common: exit code 2, as nothing can be said', () => {
    const other = write('other.json', recordOf({ another: [1, 1, 1] }))
    const { status, stdout } = run('--compare', before, '--with', other)
    expect(status).toBe(2)
    expect(stdout).toContain('No task is in both records.')
    expect(stdout).not.toContain('became slower')
  })
})

describe('refuses with exit code 2 and says why', () => {
  const record = write('record.json', recordOf({}))
  const malformed = write('malformed.json', { ...recordOf({}), tasks: 'none' })
  test.each([
    [['--only', 'nothing-like-it'], /^--only nothing-like-it matches none of the tasks$/m],
    [['--only', '('], /^--only: \( is no regular expression$/m],
    [['--keep', '--quick'], /^--keep is for all tasks/],
    [['--with', record], /^--with needs --compare/],
    [['--sideways'], /--sideways/],
    [['--compare', malformed], /malformed\.json: record: tasks: found "none", expected a list$/m],
    [['--compare', join(folder, 'nowhere.json')], /nowhere\.json: /],
    [['-o', join(folder, 'nowhere', 'record.json')], /nowhere.record\.json: its folder is not there$/m]
  ])('%j', (args, words) => {
    const { status, stdout, stderr } = run(...args)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(words)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})
