import { expect, test } from 'vitest'
import { renderEngine } from '../../benchmarks/engine/table.mjs'
import { fillPart } from '../../benchmarks/markdown.mjs'
import { isResultsPageCurrent } from '../../benchmarks/results-markdown.mjs'

const record = {
  key: 'synthetic/synthetic-12-1, budget 5 %',
  folder: 'fixtures' as const,
  nodes: 12,
  replicas: 33,
  maxMigrations: 1,
  targetGap: 1e-4,
  targetSeconds: 3,
  cost: 1025.678,
  bound: 1025.5,
  gap: 0.000174,
  seconds: 2.04,
  peakMegabytes: 180.4,
  termination: 'time-limit',
  producer: 'mip',
  migrations: 1,
  plan: 'complete',
  violations: 0,
  missed: ['gap'],
  commit: 'abc',
  date: '2026-01-01'
}
const report = {
  schemaVersion: 1 as const,
  date: '2026-01-01',
  commit: 'abc',
  machine: { cpu: 'a processor', cores: 2, memoryGiB: 8 },
  versions: { node: '20.0.0', package: '0.1.0', highs: '1.0.0' },
  seed: 1,
  threads: 2,
  records: [record]
}

test('RESULTS.md says what benchmarks/results say', () => {
  expect(isResultsPageCurrent()).toBe(true)
})

test('a row says what was to be reached, what was, and what is missed', () => {
  const row = renderEngine(report)
    .split('\n')
    .find((line) => line.includes('synthetic-12-1'))
  const cells = row?.split('|').map((cell) => cell.trim())
  expect(cells?.slice(1, -1)).toEqual([
    ...['synthetic-12-1, budget 5 %', '12', '33', '0.01 %', '3', '1,025.68', '1,025.50', '0.02 %', '2.0', '180'],
    '**missed**: gap'
  ])
})

test('the table counts what is kept and names commits that differ', () => {
  const kept = { ...record, key: 'other', missed: [], commit: 'def', folder: 'shared' as const }
  const text = renderEngine({ ...report, records: [record, kept] })
  expect(text).toContain('1 of 2 targets kept')
  expect(text).toContain('other commits: def')
  expect(text).toContain('other *')
})

test('only the part between the marks is replaced', () => {
  const page = 'before\n<!-- one -->\nold\n<!-- /one -->\nafter\n'
  expect(fillPart(page, 'one', 'new $& text\n')).toBe('before\n<!-- one -->\nnew $& text\n<!-- /one -->\nafter\n')
  expect(() => fillPart(page, 'two', '')).toThrow('two')
})
