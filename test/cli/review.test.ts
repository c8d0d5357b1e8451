import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import type { Result } from '../../models/contract/result.js'
import { freshPath, QUICKSTART, runCommand } from './run-command.js'

const [resultPath, revisedPath] = [freshPath('result.json'), freshPath('revised.json')]
let result: Result
let mover: string

beforeAll(async () => {
  const { stdout } = await runCommand(['plan', QUICKSTART, '--json', '-q', '-o', resultPath])
  result = JSON.parse(stdout)
  const start = result.plan.steps.find(({ action }) => action === 'shift')
  mover = start?.action === 'shift' ? start.replica : ''
  expect(mover).not.toBe('')
})

test('a revised Result is written, passes verify, and keeps what was decided', async () => {
  const { code, stdout } = await runCommand(['revise', QUICKSTART, resultPath, '--pin', mover, '-q', '-o', revisedPath])
  expect(code).toBe(0)
  expect(stdout).toContain('Against the plan of before')
  expect((await runCommand(['verify', QUICKSTART, revisedPath])).code).toBe(0)
  const again = await runCommand(['revise', QUICKSTART, revisedPath, '--accept-all', '--json', '-q'])
  const { explanation } = JSON.parse(again.stdout) as Result
  expect(explanation.decisions?.pin).toEqual([{ replica: mover }])
})

test('a whole revision is written beside the Result', async () => {
  const file = freshPath('revision.json')
  const { code, stdout } = await runCommand([
    'revise',
    QUICKSTART,
    resultPath,
    '--pin',
    mover,
    '--json',
    '-q',
    '--revision',
    file
  ])
  expect(code).toBe(0)
  const revision = JSON.parse(readFileSync(file, 'utf8'))
  expect(revision).toMatchObject({
    schemaVersion: 1,
    kind: 'revision',
    problem: result.problem,
    boundSource: 'computed',
    decisions: { pin: [{ replica: mover }] },
    difference: { kind: 'difference', same: false }
  })
  expect(revision.result).toEqual(JSON.parse(stdout))
  expect(revision.underDecisions.gap).toBeGreaterThanOrEqual(0)
  const same = await runCommand(['revise', QUICKSTART, resultPath, '--pin', mover, '-o', file, '--revision', file])
  expect([same.code, same.stderr]).toEqual([2, expect.stringContaining('-o and --revision are both')])
})

test('two Results are compared, to read and by program', async () => {
  await runCommand(['revise', QUICKSTART, resultPath, '--pin', mover, '-q', '-o', revisedPath])
  const read = await runCommand(['compare', QUICKSTART, resultPath, revisedPath])
  expect(read.code).toBe(0)
  expect(read.stdout).toContain('Cost per hour')
  expect(read.stdout).toContain(mover)
  const same = await runCommand(['compare', QUICKSTART, resultPath, resultPath, '--json'])
  expect(JSON.parse(same.stdout)).toMatchObject({ schemaVersion: 1, same: true, counts: [] })
  expect((await runCommand(['compare', QUICKSTART, resultPath, resultPath])).stdout).toContain(
    'Both plans are the same.'
  )
})

test('a Result of another Problem is wrong input that is named', async () => {
  const other = freshPath('other.json')
  writeFileSync(other, JSON.stringify({ ...result, problem: { fingerprint: 'sha256:0' } }))
  for (const args of [
    ['compare', QUICKSTART, resultPath, other],
    ['revise', QUICKSTART, other, '--pin', mover],
    ['alternatives', QUICKSTART, other, mover]
  ]) {
    const { code, stderr } = await runCommand(args)
    expect(code, args[0]).toBe(2)
    expect(stderr, args[0]).toContain('other.json: ')
    expect(stderr, args[0]).toContain('problem.fingerprint: found sha256:0')
  }
})

test('decisions that make no sense are wrong usage, in the words of the command line', async () => {
  const none = await runCommand(['revise', QUICKSTART, resultPath])
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('found no decision, expected --accept')])
  const both = await runCommand([
    'revise',
    QUICKSTART,
    resultPath,
    '--accept',
    `nobody,${mover}`,
    '--reject',
    mover,
    '-q'
  ])
  expect(both.code).toBe(2)
  expect(both.stderr).toContain('--accept: found "nobody"')
  expect(both.stderr).toContain(`--reject: found "${mover}", which is in accept, too`)
})

test('alternatives are listed for a replica, to read and by program', async () => {
  const read = await runCommand(['alternatives', QUICKSTART, resultPath, mover])
  expect(read.code).toBe(0)
  expect(read.stdout).toContain('where it could be, all else as planned')
  const { stdout } = await runCommand(['alternatives', QUICKSTART, resultPath, mover, '--limit', '1', '--json'])
  const { possible, now, planned } = JSON.parse(stdout)
  expect(possible.map(({ node }: { node: string }) => node)).toContain(planned)
  expect(now).not.toBe(planned)
  const wrong = await runCommand(['alternatives', QUICKSTART, resultPath, 'nobody'])
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('REPLICA: found "nobody"')])
})
