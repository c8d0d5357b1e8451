import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeSweep, type SweepAnswer, type WhatIfAnswer } from 'replica-compactor/capacity'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { formatSweepProgress } from '../../src/cli/capacity/sweep-progress.js'
import { QUICKSTART, runCommand } from '../cli/run-command.js'
import { makeFolder } from '../scratch-folder.js'

const fast = ['--work-limit', '100', '-q']

describe('capacity sweep', () => {
  test('a file and the command line say the same', async () => {
    const file = join(makeFolder(), 'sweep.yaml')
    writeFileSync(
      file,
      'axes: [{ name: growth, values: [none, growth:1.5] }]\nseeds: [1, 2]\noptions: { workLimit: 100 }\n'
    )
    const read = async (...args: string[]) =>
      JSON.parse((await runCommand(['capacity', 'sweep', QUICKSTART, '--json', '-q', ...args])).stdout) as SweepAnswer
    const [written, said] = [
      await read('--sweep', file),
      await read('--axis', 'growth=none|growth:1.5', '--seeds', '1-2', '--work-limit', '100')
    ]
    expect(said.sweep).toBe(written.sweep)
    expect(said.scenarios.map(({ id }) => id)).toEqual(written.scenarios.map(({ id }) => id))
    expect(written.scenarios).toHaveLength(4)
  })

  test('shards and merge give the table of the whole', async () => {
    const folder = makeFolder()
    const plan = ['--axis', 'growth=none|growth:1.5', '--axis', 'price=none|price:2', ...fast]
    const journals: string[] = []
    for (const shard of ['0/2', '1/2']) {
      const journal = join(folder, `${shard[0]}.jsonl`)
      const { code } = await runCommand([
        'capacity',
        'sweep',
        QUICKSTART,
        ...plan,
        '--shard',
        shard,
        '--journal',
        journal
      ])
      expect(code).toBe(0)
      journals.push(journal)
    }
    const whole = await runCommand(['capacity', 'sweep', QUICKSTART, ...plan])
    const merged = await runCommand(['capacity', 'merge', ...journals])
    expect(merged).toMatchObject({ code: 0, stdout: whole.stdout })
    const half = await runCommand(['capacity', 'merge', journals[0] as string])
    expect(half.code).toBe(5)
    expect(half.stdout).toContain('2 scenarios missing')
    const twice = await runCommand(['capacity', 'merge', journals[0] as string, journals[0] as string])
    expect(twice).toMatchObject({ code: 2, stdout: '' })
  })

  test('progress goes to stderr, the answer into the file, too', async () => {
    const file = join(makeFolder(), 'answer.json')
    const { stdout, stderr, code } = await runCommand([
      'capacity',
      'sweep',
      QUICKSTART,
      '--seeds',
      '1',
      '--work-limit',
      '100',
      '-o',
      file
    ])
    expect(code).toBe(0)
    expect(stderr).toContain('0 of 1')
    expect(stdout).toContain('cost/hour')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ kind: 'sweep', failed: 0 })
  })

  test.each([
    [['sweep', QUICKSTART], /found nothing that varies/],
    [['sweep', QUICKSTART, '--axis', 'growth'], /--axis.*expected NAME=/],
    [['sweep', QUICKSTART, '--axis', 'growth=growth:much'], /axes\[0\]\.values\[0\]/],
    [['sweep', QUICKSTART, '--axis', 'g=growth:nobody:2'], /found "nobody"/],
    [['sweep', QUICKSTART, '--seeds', '3-1'], /Expected seeds such as/],
    [['sweep', QUICKSTART, '--seeds', '1,1'], /every seed once/],
    [['sweep', QUICKSTART, '--seeds', '1', '--shard', '2/2'], /counted from 0: the last of 2 is 1\/2/],
    [['sweep', QUICKSTART, '--seeds', '1', '--journal', '/no/such/folder/x'], /no such file or folder/],
    [
      ['sweep', QUICKSTART, '--seeds', '1', '--redis', 'redis://127.0.0.1:1'],
      /redis:\/\/127\.0\.0\.1:1 cannot be used/
    ],
    [['sweep', '-', '--sweep', '-'], /standard input for at most one/],
    [['merge', 'nowhere.jsonl'], /nowhere\.jsonl: there is no such file/],
    [['merge', QUICKSTART], /line 1: found what is not JSON/],
    [['worker'], /--redis/],
    [['worker', '--redis', 'nowhere'], /expected redis:\/\/HOST:PORT/],
    [['job', QUICKSTART, '--seeds', '1', '--shards', '2'], /--image/],
    [['job', QUICKSTART, '--seeds', '1', '--shards', '2', '--image', 'x', '--name', 'A B'], /name: found "A B"/],
    [['what-if', QUICKSTART], /found no change/],
    [['what-if', QUICKSTART, '--change', 'grow:2'], /--change.*found "grow:2"/],
    [['what-if', QUICKSTART, '--change', 'lose:nobody'], /found "nobody"/]
  ])('capacity %j is refused in words', async (args, message) => {
    const { code, stdout, stderr } = await runCommand(['capacity', ...args])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/fault of replica-compactor/)
  })
})

describe('capacity what-if', () => {
  test('tells differences, in words and as JSON', async () => {
    const args = [
      'capacity',
      'what-if',
      QUICKSTART,
      '--change',
      'price:2',
      '--change',
      'growth:9',
      '--work-limit',
      '300',
      '-q'
    ]
    const words = await runCommand(args)
    expect(words.code).toBe(0)
    expect(words.stdout).toMatch(/price:2\s+33\.96\s+\+16\.98\s.*proven dearer/)
    expect(words.stdout).toContain('infeasible: deployments[0].replicas')
    const answer = JSON.parse((await runCommand([...args, '--json'])).stdout) as WhatIfAnswer
    expect(answer.variants[0]?.difference?.costPerHour).toBeCloseTo(16.98, 6)
  })

  test('variants may stand in a file', async () => {
    const file = join(makeFolder(), 'variants.yaml')
    writeFileSync(file, '- growth:1.5\n- { label: dear, changes: [price:3, { kind: budget, maxMigrations: 1 }] }\n')
    const { stdout, code } = await runCommand([
      'capacity',
      'what-if',
      QUICKSTART,
      '--changes',
      file,
      '--work-limit',
      '100',
      '-q'
    ])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ {2}dear /m)
  })
})

test('capacity job writes what kubectl takes, with the sweep in it', async () => {
  const args = [
    'capacity',
    'job',
    QUICKSTART,
    '--axis',
    'growth=none|growth:1.5',
    '--image',
    'x:1',
    '--shards',
    '2',
    '--work-limit',
    '100'
  ]
  const { stdout, code } = await runCommand(args)
  expect(code).toBe(0)
  const [map] = parseAllDocuments(stdout).map((document) => document.toJS())
  const there = makeSweep(JSON.parse(map.data['problem.json']), JSON.parse(map.data['sweep.json']))
  const here = makeSweep(parse(readFileSync(QUICKSTART, 'utf8')), {
    axes: [{ name: 'growth', values: ['none', 'growth:1.5'] }],
    options: { workLimit: 100 }
  })
  expect(there.id).toBe(here.id)
})

test.each(['what-if', 'sweep', 'merge', 'job', 'worker'])('capacity %s --help teaches with examples', async (name) => {
  const { stdout, code } = await runCommand(['capacity', name, '--help'])
  expect(code).toBe(0)
  expect(stdout).toContain(`$ replica-compactor capacity ${name}`)
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120)
})

test('the bar fills up, and leaves room for what is said', () => {
  const state = { done: 50, total: 200, running: 2, failed: 1, resumed: 10, elapsedMs: 65_000, remainingMs: 190_000 }
  const line = formatSweepProgress(state, 1000, 100)
  expect(line).toMatch(/^█+░+ {2}50 of 200, 10 from before, 2 running, 1 failed {2}1 min 6 s, about 3 min 9 s left$/)
  expect(line.length).toBeLessThanOrEqual(100)
  expect(formatSweepProgress(state, 0, 40)).not.toContain('█')
  expect(formatSweepProgress({ ...state, done: 200, running: 0 }, 0, 100)).toMatch(/^█{30} {2}200 of 200/)
})
