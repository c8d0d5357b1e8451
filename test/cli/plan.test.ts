import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseResult } from '../../models/contract/parse.js'
import { freshPath, QUICKSTART, runCommand } from './run-command.js'

test('plan prints a summary with the saving, the proof and the first steps', async () => {
  const { code, stdout } = await runCommand(['plan', QUICKSTART])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^quickstart {2}7 nodes, 13 replicas of 5 deployments\n/)
  expect(stdout).toMatch(/Cost per hour +33\.16 +→ +16\.98 +saves 16\.18 \(48\.8 %\), 11,811 a month/)
  expect(stdout).toMatch(/Active nodes +7 +→ +4 +3 released: /)
  expect(stdout).toContain('proven optimal: no placement costs less than 16.98 an hour')
  expect(stdout).toMatch(/First steps\n +begins +ends +action +replica +node\n +0:00 +0:00 +cordon /)
  expect(stdout).toContain('replica-compactor verify')
})

test('plan --json prints the Result and nothing else', async () => {
  const { code, stdout, stderr } = await runCommand(['plan', QUICKSTART, '--json', '--quiet'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(parseResult(JSON.parse(stdout)).objective?.costPerHour).toBeCloseTo(16.98)
})

test('plan - reads standard input, and verify takes what plan gives', async () => {
  const planned = await runCommand(['plan', '-', '--json'], { input: readFileSync(QUICKSTART) })
  expect(planned.code).toBe(0)
  const verified = await runCommand(['verify', QUICKSTART, '-'], { input: planned.stdout })
  expect(verified).toMatchObject({ code: 0, stderr: '' })
  expect(verified.stdout).toMatch(/^Valid: 13 replicas in place, \d+ migration steps, /)
})

test('plan -o writes the Result and still prints the summary', async () => {
  const path = freshPath('result.json')
  const { code, stdout } = await runCommand(['plan', QUICKSTART, '-o', path])
  expect(code).toBe(0)
  expect(stdout).toContain(path)
  expect(parseResult(JSON.parse(readFileSync(path, 'utf8'))).primalStatus).toBe('feasible')
})

test('a budget of no migrations is kept', async () => {
  const { code, stdout } = await runCommand(['plan', QUICKSTART, '--max-migrations', '0', '--json'])
  expect(code).toBe(0)
  expect(parseResult(JSON.parse(stdout)).objective).toMatchObject({ migrations: 0, costPerHour: expect.closeTo(33.16) })
})

test('a time limit that is over before the start still gives a plan', async () => {
  const { code, stdout } = await runCommand(['plan', QUICKSTART, '--time-limit', '0.001', '--json'])
  expect(code).toBe(0)
  expect(parseResult(JSON.parse(stdout)).primalStatus).toBe('feasible')
})

test('an infeasible problem has exit code 3 and names the conflicting parts, on stderr beside --json', async () => {
  const path = freshPath('infeasible.json')
  writeFileSync(
    path,
    JSON.stringify({
      schemaVersion: 1,
      nodes: [{ id: 'n', capacity: { cpu: 4 }, costPerHour: 1 }],
      deployments: [{ id: 'big', demand: { cpu: 8 } }],
      replicas: [{ id: 'big-0', deployment: 'big', node: null }]
    })
  )
  const read = await runCommand(['plan', path])
  expect(read.code).toBe(3)
  expect(read.stdout).toContain('Infeasible')
  expect(read.stdout).toContain('deployments[0]')
  const parsed = await runCommand(['plan', path, '--json'])
  expect(parsed.code).toBe(3)
  expect(parseResult(JSON.parse(parsed.stdout))).toMatchObject({ termination: 'infeasible', primalStatus: 'none' })
  expect(parsed.stderr).toContain('deployments[0]')
})

test('--work-limit gives the same plan with any number of threads', async () => {
  const plan = async (threads: string) => {
    const { code, stdout } = await runCommand([
      'plan',
      QUICKSTART,
      '--work-limit',
      '500',
      '--threads',
      threads,
      '--json'
    ])
    expect(code).toBe(0)
    return JSON.parse(stdout, (key, value: unknown) => (key === 'seconds' ? undefined : value))
  }
  const first = await plan('1')
  expect(first.solve).toMatchObject({ workLimit: 500, work: expect.any(Number) })
  expect(await plan('3')).toEqual(first)
})
