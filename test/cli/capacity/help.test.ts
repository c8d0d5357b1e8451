import { expect, test } from 'vitest'
import { runCommand } from '../run-command.js'

const study = ['--catalogue <FILE>', '--forecast <FILE>']
const moment = ['--at <MOMENT>', '--work-limit <N>']
const every = ['--time-limit <SECONDS>', '--gap <SHARE>', '--seed <N>', '--json', '--output <FILE>', '--html <FILE>']

test.each([
  ['mix', [...study, ...moment, ...every, '--threads <N>']],
  ['horizon', [...study, ...every, '--threads <N>']],
  ['reach', [...study, ...moment, ...every, '--deployment <ID>']],
  ['survive', [...study, ...moment, ...every, '--loss <WHAT>', '--recovery <HOW>', '--no-price']],
  ['compaction', [...study, ...moment, ...every, '--trials <N>']],
  ['curve', [...study, ...moment, ...every, '--move-price <MONEY>', '--limits <LIST>']],
  ['holes', [...study, ...moment, ...every, '--deployment <ID>']],
  ['what-if', [...every, '--change <CHANGE>', '--changes <FILE>', '--work-limit <N>']],
  ['sweep', ['--sweep <FILE>', '--axis <NAME=VALUES>', '--shard <INDEX/COUNT>', '--journal <FILE>', '--html <FILE>']],
  ['merge', ['--json', '--output <FILE>', '--html <FILE>']],
  ['job', ['--image <IMAGE>', '--shards <N>', '--output <FILE>']],
  ['worker', ['--redis <URL>', '--concurrency <N>', '--lock <SECONDS>']]
])('capacity %s --help has an example, all options, and fits a terminal', async (command, options) => {
  const { code, stdout, stderr } = await runCommand(['capacity', command, '--help'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain(`$ replica-compactor capacity ${command} `)
  for (const option of options) expect(stdout).toContain(option)
  for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(121)
})

test('capacity --help lists every question', async () => {
  const { code, stdout } = await runCommand(['capacity', '--help'])
  expect(code).toBe(0)
  const names = [
    'mix',
    'horizon',
    'reach',
    'survive',
    'compaction',
    'curve',
    'holes',
    'what-if',
    'sweep',
    'merge',
    'job',
    'worker'
  ]
  for (const name of names) expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'))
})
