import { readFileSync } from 'node:fs'
import { compact } from 'replica-compactor'
import { expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const readProblem = (name: string): unknown =>
  name === 'quickstart'
    ? parseYaml(read(`fixtures/${name}.problem.yaml`))
    : JSON.parse(read(`fixtures/${name}.problem.json`))

interface BestKnown {
  readonly cost: number
  readonly optimal: boolean
  readonly lowerBound?: number
  readonly rounded?: boolean
}
const bestKnown: [string, BestKnown][] = Object.entries(JSON.parse(read('benchmarks/best-known.json')).instances)

test.each(bestKnown)('%s: the bound is not above what is known, nor the cost below it', async (name, known) => {
  const result = await compact(readProblem(name), { timeLimitMs: 700 })
  const slack = known.rounded === true ? 0.5 : 1e-6 * known.cost
  expect(result.bound?.costPerHour).toBeLessThanOrEqual(known.cost + slack)
  expect(result.objective?.costPerHour).toBeGreaterThanOrEqual(
    (known.optimal ? known.cost : (known.lowerBound ?? 0)) - slack
  )
})
