import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { BenchReport } from '../../../benchmarks/bench/record.mjs'
import { readReport } from '../../../benchmarks/bench/report.mjs'
import { root } from '../../readme/readme.js'
import { makeFolder } from '../../scratch-folder.js'
import { makeReport } from '../page/sample-report.js'

const folder = makeFolder()
const small = ['--quick', '--experiment', 'race', '--only', 'synthetic-50']
const bench = (...args: string[]) =>
  spawnSync(process.execPath, ['benchmarks/bench.mjs', ...args], { cwd: root, encoding: 'utf8' })

test('a race leaves a record, a page and a table', () => {
  const output = join(folder, 'race')
  const { status, stdout, stderr } = bench(...small, '--contestants', '^(GLPK|karpenter$)', '--output', output)
  expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('[1/') })
  const { suite, instances, runs, contestants } = readReport(join(output, 'bench.json'))
  expect(suite).toContain('contestants like ^(GLPK|karpenter$)')
  expect(instances.map(({ name }) => name)).toEqual(['synthetic-50-1'])
  expect(contestants.map(({ name }) => name).sort()).toEqual([
    ...['GLPK, aggregated, rows', 'karpenter', 'replica-compactor']
  ])
  expect(runs).toHaveLength(3)
  const ours = runs.find(({ contestant }) => contestant === 'replica-compactor')
  expect(ours).toMatchObject({ wrong: null, refused: null })
  // The optimum is 334.28; the cluster costs 526.97 as it is.
  expect(ours?.cost).toBeGreaterThan(334.27)
  expect(ours?.cost).toBeLessThan(400)
  expect(ours?.cpuSeconds).toBeGreaterThan(0)
  expect(runs.find(({ contestant }) => contestant === 'karpenter')?.starts).toBeGreaterThan(0)
  expect(stdout).toContain('karpenter')
  expect(readFileSync(join(output, 'bench.html'), 'utf8')).toMatch(/^<!doctype html>/i)
  expect(existsSync(join(output, 'quick.journal.jsonl'))).toBe(false)
})

test('stopped in the middle, it goes on where it was', async () => {
  const output = join(folder, 'stopped')
  const args = [...small, '--contestants', '^(karpenter|first-fit|best-fit|cluster)', '--output', output]
  const child = spawn(process.execPath, ['benchmarks/bench.mjs', ...args], { cwd: root })
  const code = new Promise((resolve) => child.once('close', resolve))
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
    // The first one is done, and the second one has begun.
    if (said.includes('[2/') && !child.killed) child.kill('SIGINT')
  })
  expect(await code).toBe(130)
  expect(said).toContain('go on')
  expect(readReport(join(output, 'bench.json')).absent.at(-1)).toMatch(/of \d runs: the benchmark was stopped/)
  const { status, stderr } = bench(...args)
  expect(status).toBe(0)
  expect(stderr).toMatch(/going on: [1-5] runs are done already/)
  const { runs, absent } = readReport(join(output, 'bench.json'))
  expect(runs).toHaveLength(6)
  expect(absent).toEqual([])
})

test("a user's own Problems are raced, and what is none is named", () => {
  const own = join(folder, 'own-clusters')
  mkdirSync(own)
  copyFileSync(join(root, 'fixtures/synthetic/synthetic-12-1.problem.json'), join(own, 'mine.problem.json'))
  copyFileSync(join(root, 'fixtures/quickstart.problem.yaml'), join(own, 'quickstart.problem.yaml'))
  const args = ['--quick', '--problems', own, '--only', '^given/', '--contestants', 'karpenter$']
  const { status } = bench(...args, '--output', join(folder, 'own'))
  expect(status).toBe(0)
  const { instances, runs } = readReport(join(folder, 'own', 'bench.json'))
  expect(instances).toMatchObject([
    { name: 'own-clusters/mine', group: 'own-clusters', nodes: 12 },
    { name: 'own-clusters/quickstart', group: 'own-clusters', nodes: 7 }
  ])
  expect(runs).toHaveLength(4)
  expect(runs.filter(({ wrong }) => wrong !== null)).toEqual([])

  writeFileSync(join(own, 'broken.json'), '{"schemaVersion": 1, "nodes": 5}')
  const broken = bench(...args, '--output', join(folder, 'broken'))
  expect(broken.status).toBe(2)
  expect(broken.stderr).toMatch(/^--problems: .*broken\.json cannot be raced: .*nodes/s)
})

test('what would run is listed, with how long it may take', () => {
  const { status, stdout } = bench('--list')
  expect(status).toBe(0)
  expect(stdout).toMatch(/^race · packing\/\S+ · /)
  expect(stdout).toMatch(/\n\d+ runs, at most about \d+ (h \d+ )?min\n$/)
})

test('wrong usage is told, with the way to do it', () => {
  const { status, stdout, stderr } = bench('--experiment', 'chess')
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toMatch(/^there is no experiment chess; there are: race, savings, sizes\n\nUsage: /)
})

test('a Problem whose goal is not cost alone, or that has no answer, is told apart', () => {
  const own = join(folder, 'goals')
  mkdirSync(own)
  const problem = {
    schemaVersion: 1,
    nodes: [{ id: 'small', capacity: { cpu: 1 }, costPerHour: 1 }],
    deployments: [{ id: 'large', demand: { cpu: 2 } }],
    replicas: [{ id: 'r', deployment: 'large', node: null }]
  }
  writeFileSync(join(own, 'a.json'), JSON.stringify(problem))
  const args = ['--quick', '--problems', own, '--only', '^given/', '--contestants', '^(HiGHS, agg|greedy|first)']
  const { status, stderr } = bench(...args, '--output', join(folder, 'impossible'))
  expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.not.stringContaining('WRONG') })

  writeFileSync(join(own, 'a.json'), JSON.stringify({ ...problem, pending: 'best-effort' }))
  const refused = bench(...args, '--output', join(folder, 'impossible'))
  expect(refused.status).toBe(2)
  expect(refused.stderr).toMatch(/a\.json cannot be raced: all are compared by cost alone: remove pending/)
})

describe('a record that is drawn again', () => {
  const output = join(folder, 'again')
  const draw = (change: (report: BenchReport) => unknown) => {
    mkdirSync(output, { recursive: true })
    writeFileSync(join(output, 'bench.json'), JSON.stringify(change(makeReport())))
    return bench('--page', '--output', output)
  }
  const withFault = (report: BenchReport, contestant: string, fault: object) => ({
    ...report,
    runs: report.runs.map((run) => (run.contestant === contestant ? { ...run, ...fault } : { ...run, wrong: null }))
  })

  test.each([
    ['HiGHS, aggregated', { wrong: 'no room' }, 0],
    ['replica-compactor', { wrong: 'no room' }, 1],
    ['replica-compactor', { cost: null, bound: null, termination: 'exit code 1: TypeError' }, 1]
  ])('tells what is wrong with %s: %j', (contestant, fault, status) => {
    const drawn = draw((report) => withFault(report, contestant, fault))
    const known = makeReport().contestants.map(({ name }) => name)
    expect(known).toContain(contestant)
    expect(drawn.status).toBe(status)
    expect(drawn.stderr.includes('WRONG')).toBe(status === 1)
  })

  test.each([
    ['schemaVersion', (report: BenchReport) => ({ ...report, schemaVersion: 2 })],
    [
      'instances.1.name',
      (report: BenchReport) => ({ ...report, instances: [...report.instances.slice(0, 1), ...report.instances] })
    ],
    [
      'runs.0.contestant',
      (report: BenchReport) => ({
        ...report,
        contestants: report.contestants.filter(({ name }) => name !== report.runs[0]?.contestant)
      })
    ],
    ['gap', (report: BenchReport) => ({ ...report, gap: -1 })],
    ['the whole', () => null]
  ])('is refused with the place: %s', (path, change) => {
    const { status, stdout, stderr } = draw(change)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain('bench.json is no record of schemaVersion 1')
    expect(stderr).toContain(`  ${path}: `)
  })

  test('is refused where it is cut off, or not there', () => {
    mkdirSync(output, { recursive: true })
    writeFileSync(join(output, 'bench.json'), '{"schemaVersion": 1, ')
    for (const place of [output, join(folder, 'nowhere')]) {
      const { status, stderr } = bench('--page', '--output', place)
      expect(status).toBe(2)
      expect(stderr).toMatch(/^(there is no record |.*bench\.json cannot be read as JSON)/)
    }
  })
})
