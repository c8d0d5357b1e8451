import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderVerdict } from '../../src/report/text/verdict.js'
import { freshPath, runCommand } from './run-command.js'
import { sampleProblem, sampleResult } from './sample-result.js'

function writeFiles(result: unknown): [problem: string, result: string] {
  const [problemPath, resultPath] = [freshPath('problem.json'), freshPath('result.json')]
  writeFileSync(problemPath, JSON.stringify(sampleProblem()))
  writeFileSync(resultPath, JSON.stringify(result))
  return [problemPath, resultPath]
}

test('a Result that holds has exit code 0', async () => {
  const { code, stdout } = await runCommand(['verify', ...writeFiles(sampleResult())])
  expect(stdout).toBe('Valid: 2 replicas in place, 7 migration steps, safe in every order that they allow.\n')
  expect(code).toBe(0)
})

test('a Result that does not has exit code 4 and its violations listed', async () => {
  // The release no longer waits for the stop: a node that hosts something may be given back.
  const { plan } = sampleResult()
  const steps = plan.steps.map((step) => (step.id === 's7' ? { ...step, after: [] } : step))
  const files = writeFiles(sampleResult({ plan: { ...plan, steps } }))
  const read = await runCommand(['verify', ...files])
  expect(read.code).toBe(4)
  expect(read.stdout).toMatch(/^\d+ violations?\n {2}\S/)
  const parsed = await runCommand(['verify', ...files, '--json'])
  expect(parsed.code).toBe(4)
  expect(JSON.parse(parsed.stdout)).toMatchObject({ valid: false, violations: [{ code: expect.any(String) }] })
})

test('a Result of another Problem is pointed out', async () => {
  expect((await runCommand(['verify', ...writeFiles(sampleResult())])).stderr).toContain('made for another problem')
})

test('a file that is no Result is wrong input', async () => {
  const { code, stderr } = await runCommand(['verify', ...writeFiles({ schemaVersion: 1 })])
  expect(stderr).toContain('result.json: result:\n')
  expect(code).toBe(2)
})

test.each([
  ['a Problem', sampleProblem(), 'found what looks like a Problem, expected a Result'],
  [
    'a placement',
    { schemaVersion: 1, placement: [] },
    'found what looks like a placement, expected a Result, as compact and sequence give (sequence makes a Result of it)'
  ]
])('%s in the place of a Result is called what it is', async (_, value, expected) => {
  for (const command of ['verify', 'simulate']) {
    const { code, stderr } = await runCommand([command, ...writeFiles(value)])
    expect(stderr).toContain(`result.json: result: the whole file: ${expected}`)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
  }
})

test('a Result in the place of a Problem is called what it is', async () => {
  const [, result] = writeFiles(sampleResult())
  const { code, stderr } = await runCommand(['verify', result, result])
  expect(stderr).toContain('problem: the whole file: found what looks like a Result, expected a Problem {')
  expect(code).toBe(2)
})

test('the same violation is shown once, and of many the first', () => {
  const broken = (k: number) => ({ code: 'capacity', where: `n${k}`, amount: 1, message: 'too much' })
  const violations = Array.from({ length: 50 }, (_, index) => broken(index % 25))
  const lines = renderVerdict(sampleResult(), violations).split('\n')
  expect(lines).toEqual([
    '25 violations',
    ...Array.from({ length: 20 }, (_, k) => `  capacity at n${k}: too much`),
    '  … and 5 more',
    ''
  ])
})
