import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseResult } from '../../models/contract/parse.js'
import { createProgram } from '../../src/cli/program.js'
import { codeBlocks, makeUserFolder, readme, root } from './readme.js'

const [cluster = ''] = codeBlocks('yaml')
const folder = makeUserFolder({ 'cluster.yaml': cluster, 'my.json': JSON.stringify(parse(cluster)) })
const START = /^(?:npm start --|npx replica-compactor) /
const inText = [...readme.matchAll(/`([^`\n]+)`/g)].map(([, call]) => call as string)
const calls = [...codeBlocks('sh').flatMap((block) => block.split('\n')), ...inText].filter((line) => START.test(line))

/** What a call gives in a folder; `npm start` without its build, for the tests run on what is built. */
function run(call: string, cwd = folder) {
  const line = call.replace(/^npm start --/, `"${process.execPath}" "${join(root, 'scripts/start.mjs')}"`)
  const env = { ...process.env, INIT_CWD: cwd, NO_COLOR: '1', npm_config_offline: 'true' }
  return spawnSync('sh', ['-c', line], { cwd, env, encoding: 'utf8', timeout: 50_000 })
}

test('the README shows every command', () => {
  const shown = new Set(calls.map((call) => call.replace(START, '').split(' ')[0]))
  expect([...shown].sort()).toEqual(
    createProgram()
      .commands.map((command) => command.name())
      .sort()
  )
})

// In their order: what one writes another reads.
test.each(calls)('%s', (call) => {
  const { status, stdout, stderr } = run(call)
  expect(stderr).not.toMatch(/replica-compactor:/)
  expect(status).toBe(0)
  if (call.includes('--json')) expect(parseResult(JSON.parse(stdout)).primalStatus).toBe('feasible')
})

test('a call whose stdout is read by a program is shown', () => {
  expect(calls.filter((call) => call.includes('--json') && call.startsWith('npx '))).not.toEqual([])
})

test('in a clone npx finds the command, and leaves stdout to it', () => {
  expect(run('npx replica-compactor --version', root).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('the commands to begin with stand there word by word', () => {
  const [start, check] = codeBlocks('sh')
  expect([start, check]).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n'])
})
