import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseResult } from '../../models/contract/parse.js'
import { freshPath, QUICKSTART, runCommand } from './run-command.js'

function writeFresh(name: string, text: string): string {
  const path = freshPath(name)
  writeFileSync(path, text)
  return path
}

test('plan --start begins with a Result of before', async () => {
  const output = freshPath('result.json')
  expect((await runCommand(['plan', QUICKSTART, '-o', output])).code).toBe(0)
  const first = parseResult(JSON.parse(readFileSync(output, 'utf8')))
  const { code, stdout } = await runCommand(['plan', QUICKSTART, '--solver', 'greedy', '--start', output, '--json'])
  expect(code).toBe(0)
  const second = parseResult(JSON.parse(stdout))
  expect(second.solve.incumbents[0]).toMatchObject({ search: 'start', producer: first.producer })
  expect(second.objective?.total).toBeLessThanOrEqual(first.objective?.total ?? 0)
})

test('what of it could not be used is noted', async () => {
  const start = writeFresh('start.yaml', 'schemaVersion: 1\nplacement: [{ replica: nobody, node: nowhere }]\n')
  const { code, stdout } = await runCommand(['plan', QUICKSTART, '--solver', 'greedy', '--start', start])
  expect(code).toBe(0)
  expect(stdout).toContain('start: replicas that the problem does not know, left out: "nobody"')
})

test.each([
  ['start.json', '{ "schemaVersion": 1, "placement": [{ "replica": "a" }] }', 'placement[0].node: found nothing'],
  ['problem.json', '{ "schemaVersion": 1, "nodes": [] }', 'placement: found nothing'],
  ['result.json', '{ "schemaVersion": 1, "termination": "optimal" }', 'primalStatus: found nothing']
])('%s that is no Result or placement: exit code 2, with file and path', async (name, text, expected) => {
  const start = writeFresh(name, text)
  const { code, stdout, stderr } = await runCommand(['plan', QUICKSTART, '--start', start])
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain(`${start}: `)
  expect(stderr).toContain(expected)
})
