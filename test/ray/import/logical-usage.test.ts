import { expect, it } from 'vitest'
import { readLogicalUsage } from '../../../src/adapters/ray/import/payloads/logical-usage.js'

function usageOf(text: string) {
  const value = { data: { nodeLogicalResources: { node: text } } }
  const usage = readLogicalUsage({ name: 'summary.json', kind: 'summary', value }, [])
  return [...(usage.get('node') ?? [])]
}

it('is read line by line, and lines in another form are passed over', () => {
  expect(usageOf('8.0/96.0 CPU\n 1.5GiB/384.00GiB memory\n2 B / 4 B spill\n1/2\nnothing\n0/ 1GPU')).toEqual([
    ['CPU', { used: 8, within: 0 }],
    ['memory', { used: 1.5 * 2 ** 30, within: 2 ** 30 / 10 }],
    ['spill', { used: 2, within: 1 }]
  ])
})

it('takes no longer for a line of blanks', () => {
  // Reading them again from every one of them would take hours.
  const blanks = ' '.repeat(5e6)
  expect(usageOf(`1${blanks}\n1/1${blanks}\n1/1B${blanks}\n1/2 CPU`)).toEqual([['CPU', { used: 1, within: 0 }]])
})
