import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readReport } from '../../../benchmarks/bench/report.mjs'
import { root } from '../../readme/readme.js'
import { makeFolder } from '../../scratch-folder.js'

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
  const args = ['--quick', '--problems', own, '--only', '^given/', '--contestants', 'karpenter$']
  const { status } = bench(...args, '--output', join(folder, 'own'))
  expect(status).toBe(0)
  const { instances, runs } = readReport(join(folder, 'own', 'bench.json'))
  expect(instances).toMatchObject([{ name: 'own-clusters/mine', group: 'own-clusters', nodes: 12 }])
  expect(runs.map(({ instance, wrong }) => ({ instance, wrong }))).toEqual(
    Array(2).fill({ instance: 'own-clusters/mine', wrong: null })
  )

  writeFileSync(join(own, 'broken.json'), '{"schemaVersion": 1, "nodes": 5}')
  const broken = bench(...args, '--output', join(folder, 'broken'))
  expect(broken.status).toBe(2)
  expect(broken.stderr).toMatch(/^--problems: .*broken\.json is no Problem: .*nodes/s)
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

test('a record that is none is refused with the place', () => {
  const output = join(folder, 'forged')
  mkdirSync(output)
  writeFileSync(join(output, 'bench.json'), '{"schemaVersion": 2}')
  const { status, stderr } = bench('--page', '--output', output)
  expect(status).not.toBe(0)
  expect(stderr).toContain('bench.json is no record of schemaVersion 1: schemaVersion')
})
