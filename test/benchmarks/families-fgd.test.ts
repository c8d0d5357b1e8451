import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { allocation } from '../../benchmarks/bench/record.mjs'
import { DATA, summariseAllocations, writeAllocations } from '../../benchmarks/fgd/summarise.mjs'
import { locate, read } from '../../benchmarks/instances.mjs'

const { source, licence, comment, allocations } = read('fixtures', 'openb/fgd-allocation.json')

test('what online policies allocate is told for six of them at seven loads', () => {
  for (const entry of allocations) expect(allocation.parse(entry)).toEqual(entry)
  const policies = ['Random', 'DotProd', 'GpuClustering', 'GpuPacking', 'BestFit', 'FGD']
  expect(allocations.map(({ policy, arrived }: { policy: string; arrived: number }) => [policy, arrived])).toEqual(
    policies.flatMap((policy) => [0.6, 0.8, 0.9, 1, 1.1, 1.2, 1.3].map((arrived) => [policy, arrived]))
  )
  expect(`${source} ${licence} ${comment}`).toMatch(/Weng et al.*USENIX ATC 2023 Apache-2.0 Changed: /)
})

test('it is what the data of FGD say', ({ skip }) => {
  const data = locate('shared', DATA)
  if (data === undefined) return skip('needs the shared data: name their folder in SHARED_FOLDER')
  const file = readFileSync(new URL('../../fixtures/openb/fgd-allocation.json', import.meta.url), 'utf8')
  expect(writeAllocations(summariseAllocations(readFileSync(data, 'utf8')))).toBe(file)
})

describe('summarised', () => {
  const columns = ['60', '80', '90', '100', '110', '120', '130']
  const line = (workload: string, policy: string, seed: number, percent: string) =>
    [workload, policy, '1.3', seed, '8', ...columns.map(() => percent)].join(',')
  const head = ['workload', 'sc_policy', 'tune', 'seed', 'total_gpus', ...columns].join(',')

  test('are means over the seeds of the default workload, as shares', () => {
    const csv = [
      head,
      line('openb_pod_list_default', '01-Random', 42, '59.1'),
      line('openb_pod_list_default', '01-Random', 43, '59.3'),
      line('openb_pod_list_cpu050', '01-Random', 42, '10.0'),
      line('openb_pod_list_default', '06-FGD', 42, '60.0')
    ].join('\r\n')
    const summary = summariseAllocations(csv)
    expect(summary).toHaveLength(14)
    expect(summary[0]).toEqual({ policy: 'Random', arrived: 0.6, allocated: 0.592, runs: 2 })
    expect(summary.at(-1)).toEqual({ policy: 'FGD', arrived: 1.3, allocated: 0.6, runs: 1 })
  })

  test('a column that is missing is named', () => {
    const csv = `${head.replace(',90', ',91')}\n${line('openb_pod_list_default', '06-FGD', 42, '60.0')}`
    expect(() => summariseAllocations(csv)).toThrow('no column 90')
  })
})
