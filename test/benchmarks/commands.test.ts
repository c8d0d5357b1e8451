import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { makeSynthetic } from '../../benchmarks/families/synthetic.mjs'
import { makeTight } from '../../benchmarks/families/tight.mjs'
import { root } from '../readme/readme.js'
import { makeFolder } from '../scratch-folder.js'

const folder = makeFolder()
const run = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, [`benchmarks/${script}.mjs`, ...args], { cwd: root, encoding: 'utf8' })
const readRoot = (path: string) => readFileSync(join(root, path), 'utf8')

const explained = [
  'make-instance',
  'bench',
  'engine',
  'versions',
  'micro',
  'promises',
  'migration-scale',
  'sequencing',
  'chaos',
  'day'
]

test.each(explained)('%s explains itself', (script) => {
  const { status, stdout, stderr } = run(script, '--help')
  expect(status).toBe(0)
  expect(stdout).toMatch(/^Usage: /)
  expect(stderr).toBe('')
})

test.each([
  ...explained.map((script) => [script, ['--bogus'], '--bogus'] as const),
  ['engine', ['--only', '('], '--only: ( is no regular expression'],
  ['engine', ['--seed', 'none'], '--seed'],
  ['promises', ['--threads', '1.5'], '--threads'],
  ['migration-scale', ['--only', 'both'], '--only both'],
  ['migration-scale', ['--sizes', '125,many'], '--sizes'],
  ['chaos', ['--runs', 'many'], '--runs'],
  ['chaos', ['--crash-rate', '2'], '--crash-rate'],
  ['day', ['--seeds', '0'], '--seeds'],
  ['day', ['--hours', '25'], '--hours'],
  ['day', ['--only', 'nobody'], 'there is no policy nobody']
] as const)('%s refuses %j, and says what is wrong and how it is called', (script, args, words) => {
  const { status, stdout, stderr } = run(script, ...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr.split('\n')[0]).toContain(words)
  expect(stderr).toContain('Usage: ')
  expect(stderr).not.toMatch(/^\s+at /m)
})

test('chaos counts what happens, and finds nothing wrong', () => {
  const { status, stdout } = run('chaos', '--runs', '5', '--seed', '7', '--json', '--dry')
  expect(JSON.parse(stdout)).toMatchObject({
    calm: { runs: 5, asPlanned: 5, legal: 5, violations: [] },
    chaos: { runs: 5, violations: [] }
  })
  expect(status).toBe(0)
})

describe('make-instance', () => {
  test('writes an instance of a family, and several copies of it', () => {
    const [one, three] = [join(folder, 'one.json'), join(folder, 'three.json')]
    expect(run('make-instance', 'synthetic', '--nodes', '12', '--seed', '5', '-o', one).status).toBe(0)
    expect(JSON.parse(readFileSync(one, 'utf8'))).toEqual(makeSynthetic(12, 5))
    expect(run('make-instance', 'repeat', one, '--times', '3', '-o', three).status).toBe(0)
    expect(JSON.parse(readFileSync(three, 'utf8')).nodes).toHaveLength(36)
  })

  test('writes a tight cluster and the placement that it is to reach', () => {
    const [problem, placement] = [join(folder, 'tight.json'), join(folder, 'tight.placement.json')]
    const args = ['tight', '--nodes', '25', '--seed', '2', '-o', problem, '--placement', placement]
    expect(run('make-instance', ...args).status).toBe(0)
    const made = makeTight(25, 2)
    expect(JSON.parse(readFileSync(problem, 'utf8'))).toEqual(made.problem)
    expect(JSON.parse(readFileSync(placement, 'utf8'))).toEqual(made.placement)
  })

  test.each([
    [['sparse', '--nodes', '5'], 'no family sparse'],
    [['dense'], '--nodes'],
    [['dense', '--nodes', '2.5'], '--nodes'],
    [['repeat'], 'PROBLEM'],
    [['repeat', 'nowhere.json', '--times', '2'], 'nowhere.json is no Problem: ENOENT'],
    [['load', 'package.json', '--gpu-load', '0.5'], 'package.json is no Problem'],
    [['dense', '--nodes', '5', '-o', '/nowhere/x.json'], 'cannot be written'],
    [['dense', '--nodes', '5', '--placement', 'p.json'], '--placement'],
    [['dense', '--nodes', '5', '--size', '5'], '--size']
  ])('refuses %j and says why', (args, words) => {
    const { status, stdout, stderr } = run('make-instance', ...args)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr.split('\n')[0]).toContain(words)
    expect(stderr).toContain('Usage: ')
  })
})

test('engine measures the targets that are asked for, and keeps nothing of a part', () => {
  const before = ['benchmarks/RESULTS.md', 'benchmarks/best-known.json'].map(readRoot)
  const { stdout } = run('engine', '--only', 'cloudbalance-2', '--threads', '1')
  const row = stdout.split('\n').filter((line) => line.includes('cloudbalance'))
  expect(row).toHaveLength(1)
  expect(row[0]).toContain('5,460.00')
  expect(row[0]).not.toMatch(/checker|memory|plan|answer/)
  expect(['benchmarks/RESULTS.md', 'benchmarks/best-known.json'].map(readRoot)).toEqual(before)
})

test('migration measures the size that is asked for', () => {
  const { status, stdout } = run('migration-scale', '--only', 'scale', '--sizes', '125', '--seeds', '1')
  expect(status).toBe(0)
  expect(stdout).toMatch(/\|\s+125 \|\s+25 \|/)
})

test.each([
  [['--seeds', '2'], 'which COMMIT=TITLE?'],
  [['HEAD'], 'HEAD is no COMMIT=TITLE'],
  [['HEAD=today', 'nowhere=tomorrow'], 'nowhere is no commit'],
  [['HEAD=today', '--limit', 'long'], '--limit'],
  [['HEAD=today', '--seeds', '0'], '--seeds'],
  [['--bogus'], '--bogus']
])('versions refuses %j before it measures anything', (args, words) => {
  const { status, stdout, stderr } = run('versions', ...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr.split('\n')[0]).toContain(words)
})

describe('sequencing', () => {
  test('holds the sequencer against plans and searches, and says what it found', () => {
    const { status, stdout } = run('sequencing', '--dry', '--fuzz', '5', '--exact', '8')
    expect(status).toBe(0)
    const cells = stdout.split('\n').map((line) => line.split('|').map((cell) => cell.trim()))
    const below = (title: string) => cells[cells.findIndex((row) => row[1] === title) + 2]
    expect(below('plans that exist')?.slice(1, 4)).toEqual(['5', '5', '0'])
    expect(below('makespans')?.[1]).not.toBe('0')
  })

  test('refuses what is no number', () => {
    const { status, stdout, stderr } = run('sequencing', '--fuzz', 'many')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^--fuzz is many.*\n\nUsage: /)
  })
})
