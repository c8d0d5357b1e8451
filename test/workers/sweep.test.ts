import { expect, test } from 'vitest'
import { comparable, makeSweep, runSweep, whatIf } from '../../dist/src/capacity/index.js'
import { smallCluster } from '../capacity/small-cluster.js'

const plan = {
  axes: [{ name: 'growth', values: ['none', 'growth:1.5', 'growth:2'] }],
  seeds: [1, 2],
  options: { workLimit: 150 }
}

test('a sweep gives the same however many run at once, and tells what it costs', async () => {
  const sweep = makeSweep(smallCluster, plan)
  const answers = [await runSweep(sweep, { concurrency: 1 }), await runSweep(sweep, { concurrency: 3 })]
  const [one, three] = answers.map(({ scenarios }) => scenarios.map(comparable))
  expect(three).toEqual(one)
  // The same numbers in Node and in pages.
  expect(answers[0]?.scenarios.map(({ objective }) => objective?.costPerHour)).toEqual([5.5, 5.5, 7, 7, 8.5, 8.5])
})

test('what if', async () => {
  const { baseline, variants } = await whatIf(smallCluster, ['price:2'], { workLimit: 150 })
  expect(variants[0]?.difference?.costPerHour).toBeCloseTo(baseline.objective?.costPerHour ?? 0, 6)
})
