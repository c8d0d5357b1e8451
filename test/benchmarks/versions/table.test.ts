import { expect, test } from 'vitest'
import type { MeasuredVersion, VersionRun, VersionsReport } from '../../../benchmarks/versions/record.mjs'
import { renderVersions } from '../../../benchmarks/versions/table.mjs'

const run = (instance: string, cost: number | null, bound: number | null, wrong: string | null = null): VersionRun => ({
  ...{ instance, seed: 1, cost, bound, wrong, seconds: 4 }
})
const version = (commit: string, runs: VersionRun[]): MeasuredVersion => ({
  ...{ version: '0.1.0', commit, date: '2026-01-01', title: `all of ${commit}`, runs }
})
const report = (...measured: MeasuredVersion[]): VersionsReport => ({
  schemaVersion: 1,
  date: '2026-01-02',
  commit: 'now',
  machine: { cpu: 'a processor', cores: 2, memoryGiB: 8 },
  versions: { node: '20.0.0', package: '0.1.0', highs: '1.0.0' },
  threads: 2,
  limitSeconds: 10,
  measured
})
const best = () => 100
const cellsOf = (text: string, commit: string) =>
  text
    .split('\n')
    .find((line) => line.includes(`all of ${commit}`))
    ?.split('|')
    .map((cell) => cell.trim())
    .slice(1, -1)

test('a row has the mean gaps of each family, to the best that is known and proven', () => {
  const text = renderVersions(
    report(version('one', [run('dense/a', 125, 100), run('dense/b', 100, 50), run('openb/c', 100, 100)])),
    best
  )
  expect(cellsOf(text, 'one')).toEqual([
    ...['0.1.0', 'one', '2026-01-01', 'all of one'],
    ...['10.00 %', '35.00 %', '0', '0', '4.0', '0']
  ])
  expect(text).not.toContain('[1]')
})

test('what holds no more counts as no answer, and is counted', () => {
  const text = renderVersions(
    report(version('one', [run('dense/a', 100, 100, 'no room'), run('dense/b', 100, 100)])),
    best
  )
  expect(cellsOf(text, 'one')?.slice(4)).toEqual(['50.00 %', '50.00 %', '4.0', '1'])
})

test('what a version does worse than the one before stands in a footnote, with the instance to blame', () => {
  const before = version('one', [run('dense/a', 100, 100), run('dense/b', 100, 99), run('openb/c', 110, 100)])
  const after = version('two', [run('dense/a', 100, 100), run('dense/b', 125, 99), run('openb/c', 100, 100)])
  const text = renderVersions(report(before, after), best)
  expect(cellsOf(text, 'two')?.[3]).toBe('all of two [1] [2]')
  expect(text).toContain(
    '[1] two is worse on dense, further from the best known: 0 → 10.00 % in the mean, 0 → 20.00 % on b.'
  )
  expect(text).toContain(
    '[2] two is worse on dense, a wider proven gap: 0.50 % → 10.40 % in the mean, 1.00 % → 20.80 % on b.'
  )
  expect(text).not.toContain('openb, ')
})

test('less than a tenth of a per cent is chance', () => {
  const text = renderVersions(
    report(version('one', [run('dense/a', 100, 100)]), version('two', [run('dense/a', 100.05, 100)])),
    best
  )
  expect(text).not.toContain('worse')
})

test('a bound above what is possible is wrong, and no proof', () => {
  const text = renderVersions(report(version('one', [run('dense/a', 110, 110)])), best)
  expect(cellsOf(text, 'one')?.slice(4)).toEqual(['100.00 %', '100.00 %', '4.0', '1'])
})
