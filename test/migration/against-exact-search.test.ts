import { expect, test } from 'vitest'
import { compareExactly } from '../../benchmarks/sequencing/judge.mjs'
import { packingCase } from '../../benchmarks/sequencing/random-packing.mjs'
import { ratioOf } from '../../benchmarks/sequencing/table.mjs'
import { parseProblem } from '../../models/contract/parse.js'
import { sequenceChecked } from './sequence-checked.js'

const CASES = 300

test('what an exact search finds on small clusters the sequencer finds, and it is seldom much slower than need be', async () => {
  const denied: [need: string, seed: number][] = []
  const ratios: number[] = []
  for (let seed = 1; seed <= CASES; seed++) {
    const comparison = await compareExactly(packingCase(seed), sequenceChecked, parseProblem)
    const { need, rungs, fewest, answer, least, isExact } = comparison
    expect({ seed, violations: answer.violations }).toEqual({ seed, violations: [] })
    expect(need).not.toBe('unknown')
    if (answer.status === 'complete') {
      expect({ seed, need }).not.toEqual({ seed, need: 'none' })
      if (!rungs.includes('stop-first') && !rungs.includes('rent'))
        expect({ seed, fewest }).toEqual({ seed, fewest: answer.migrations })
    } else if (need !== 'none') denied.push([need, seed])
    if (least === null) continue
    expect({ seed, isExact }).toEqual({ seed, isExact: true })
    ratios.push(ratioOf(comparison))
  }
  expect(denied).toEqual([])
  expect(ratios.length).toBeGreaterThan(CASES / 2)
  expect(ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length).toBeLessThan(1.03)
  expect(Math.max(...ratios)).toBeLessThan(1.9)
})
