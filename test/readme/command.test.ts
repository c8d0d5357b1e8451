import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { codeBlocks, makeUserFolder, readme, root } from './readme.js'

const [cluster = ''] = codeBlocks('yaml')
const folder = makeUserFolder({ 'cluster.yaml': cluster, 'my.json': JSON.stringify(parse(cluster)) })
const isCall = (line: string) => line.startsWith('npm start -- ')
const inText = [...readme.matchAll(/`(npm start -- [^`]+)`/g)].map(([, call]) => call as string)
const calls = [...codeBlocks('sh').flatMap((block) => block.split('\n')), ...inText].filter(isCall)

test('the README shows every command', () => {
  const shown = new Set(calls.map((call) => call.split(' ')[3]))
  expect([...shown].sort()).toEqual(['export', 'plan', 'sequence', 'verify'])
})

// In their order: what one writes another reads.
test.each(calls)('%s', (call) => {
  const line = call.replace('npm start --', `"${process.execPath}" "${join(root, 'scripts/start.mjs')}"`)
  const environment = { ...process.env, INIT_CWD: folder, NO_COLOR: '1' }
  const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: folder, env: environment, encoding: 'utf8' })
  expect(stderr).not.toMatch(/replica-compactor:/)
  expect(status).toBe(0)
})

test('the commands to begin with stand there word by word', () => {
  const [start, check] = codeBlocks('sh')
  expect([start, check]).toEqual(['npm ci && npm start\n', 'npm ci && npm test\n'])
})
