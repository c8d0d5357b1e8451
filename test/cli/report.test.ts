import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import type { Result } from '../../models/contract/result.js'
import { fingerprint } from '../../src/result/fingerprint.js'
import { freshPath, QUICKSTART, runCommand } from './run-command.js'
import { sampleProblem, sampleResult } from './sample-result.js'

const planned = freshPath('result.json')
const page = freshPath('page.html')

beforeAll(async () => {
  const { code, stderr } = await runCommand([
    'plan',
    QUICKSTART,
    '--solver',
    'greedy',
    '-q',
    '-o',
    planned,
    '--html',
    page
  ])
  expect(stderr).toBe('')
  expect(code).toBe(0)
})

const keep = (name: string, value: unknown) => {
  const path = freshPath(name)
  writeFileSync(path, JSON.stringify(value))
  return path
}

/** A Result that says which Problem it answers. */
const ownResult = (changes: Partial<Result> = {}) =>
  sampleResult({ problem: { name: 'sample', fingerprint: fingerprint(sampleProblem()) }, ...changes })

test('plan writes the page at once, the same as report does', async () => {
  const again = freshPath('again.html')
  const { code, stdout, stderr } = await runCommand(['report', QUICKSTART, planned, '-o', again])
  expect([code, stdout, stderr]).toEqual([0, '', ''])
  // Of the data only the order of keys differs: the file was read again.
  const shown = (path: string) => readFileSync(path, 'utf8').replace(/href='data:[^']*'/, '')
  expect(shown(again)).toBe(shown(page))
  expect(readFileSync(page, 'utf8')).toContain('<h1>Compaction: quickstart</h1>')
  expect(readFileSync(page, 'utf8')).toContain(`<dt>Result file</dt><dd>${planned}</dd>`)
})

test('of a RESULT alone there is a page that says what is missing', async () => {
  const alone = freshPath('alone.html')
  expect((await runCommand(['report', '-', '-o', alone], { input: readFileSync(planned) })).code).toBe(0)
  expect(readFileSync(alone, 'utf8')).toContain('without its PROBLEM a RESULT cannot be checked')
})

test('a curve is drawn beside the plan', async () => {
  const curve = keep('curve.json', {
    kind: 'curve',
    points: [
      { migrations: 0, costPerHour: 33.16, bound: 33.16, gap: 0 },
      { migrations: 6, costPerHour: 16.98, bound: 16.98, gap: 0 }
    ],
    knee: 1
  })
  const drawn = freshPath('curve.html')
  expect((await runCommand(['report', QUICKSTART, planned, '--curve', curve, '-o', drawn])).code).toBe(0)
  expect(readFileSync(drawn, 'utf8')).toContain('best plan for so many')
  const wrong = keep('wrong.json', { kind: 'curve', points: [], knee: 3 })
  const refused = await runCommand(['report', QUICKSTART, planned, '--curve', wrong, '-o', drawn])
  expect(refused.stderr).toMatch(/wrong\.json: curve: knee: found 3, expected/)
  expect(refused.code).toBe(2)
})

test('a Result that is wrong has a page that says so', async () => {
  const files = [
    keep('problem.json', sampleProblem()),
    keep('result.json', ownResult({ releasedNodes: ['large'] }))
  ] as const
  const told = freshPath('told.html')
  expect((await runCommand(['report', ...files, '-o', told])).code).toBe(0)
  expect(readFileSync(told, 'utf8')).toContain('This plan must not be carried out.')
})

test.each([
  ['report', ['-o', freshPath('none.html')]],
  ['script', []]
])('%s refuses a Result for another problem', async (command, options) => {
  const problem = keep('problem.json', sampleProblem())
  const { code, stdout, stderr } = await runCommand([command, problem, planned, ...options])
  expect(stderr).toMatch(/result\.json: .*problem\.fingerprint: found sha256:.*, expected sha256:.*, of this Problem/)
  expect(stdout).toBe('')
  expect(code).toBe(2)
  for (const path of options.slice(1)) expect(existsSync(path)).toBe(false)
})

test('report says what is wrong with its words', async () => {
  const said = async (...words: readonly string[]) => {
    const { code, stderr } = await runCommand(['report', ...words])
    expect(code).toBe(2)
    return stderr
  }
  expect(await said(QUICKSTART, planned)).toContain("required option '-o, --output <FILE>' not specified")
  expect(await said('-o', page)).toContain("missing required argument 'FILES'")
  expect(await said(QUICKSTART, planned, planned, '-o', page)).toContain('found 3 files, expected PROBLEM and RESULT')
  expect(await said('-', '-', '-o', page)).toContain('found "-" twice')
  expect(await said(QUICKSTART, '-o', page)).toContain('found what looks like a Problem, expected a Result')
})

test('plan refuses the same file for the Result and its page', async () => {
  const { code, stderr } = await runCommand(['plan', QUICKSTART, '-q', '-o', page, '--html', page])
  expect(stderr).toContain('expected two files')
  expect(code).toBe(2)
})

test('script writes a script, to stdout or a file', async () => {
  const { code, stdout, stderr } = await runCommand(['script', QUICKSTART, planned])
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/^#!\/bin\/sh\n# Migration of quickstart: 30 steps/)
  const file = freshPath('migrate.sh')
  expect((await runCommand(['script', QUICKSTART, planned, '-o', file])).stdout).toBe('')
  expect(readFileSync(file, 'utf8')).toBe(stdout)
})

test('no script of a plan that is not safe, nor of none', async () => {
  const problem = keep('problem.json', sampleProblem())
  const { plan } = sampleResult()
  const steps = plan.steps.map((step) => (step.id === 's7' ? { ...step, after: [] } : step))
  const unsafe = await runCommand(['script', problem, keep('unsafe.json', ownResult({ plan: { ...plan, steps } }))])
  expect(unsafe.stderr).toContain('is not safe')
  expect([unsafe.code, unsafe.stdout]).toEqual([4, ''])
  const { objective, bound, gap, producer, ...none } = ownResult({
    ...{ termination: 'infeasible', primalStatus: 'none', placement: [], releasedNodes: [] },
    plan: { status: 'complete', steps: [], makespanSeconds: 0 }
  })
  const nothing = await runCommand(['script', problem, keep('none.json', none)])
  expect(nothing.stderr).toContain('found an answer without a placement')
  expect(nothing.code).toBe(2)
})
