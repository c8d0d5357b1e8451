import { expect, test } from 'vitest'
import { BestContents, type Stayer } from '../../models/certificate/best-contents.js'
import { Effort } from '../../models/certificate/effort.js'
import { readFleet } from '../../models/certificate/fleet.js'
import { limitNodes } from '../../models/certificate/node-limits.js'
import { brokenRules, type PlacedCopy } from '../../models/checker/broken-rules.js'
import { parseProblem } from '../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../models/contract/problem.js'
import { seededRandom } from '../../src/random.js'

const CASES = 200

type Rule = NonNullable<ProblemInput['rules']>[number]

/** One node, some deployments, sometimes a rule; nothing runs. */
function drawNode(seed: number): Problem {
  const random = seededRandom(seed)
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)] as Value
  const deployments = Array.from({ length: pick([2, 3, 4]) }, (_, index) => ({
    id: `d${index}`,
    replicas: pick([1, 2, 3, 4]),
    demand: {
      cpu: pick([0.1, 0.5, 1, 1.3, 2]),
      memory: pick([0, 1000, 1536, 4096.5]),
      gpu: pick([0, 0.25, 0.3, 0.4, 0.5, 0.6, 1, 2])
    },
    ...(random() < 0.3 && { maxReplicasPerNode: pick([1, 2]) })
  }))
  const rules: Rule[] = []
  if (random() < 0.3) rules.push({ kind: 'anti-affinity', deployments: ['d0', 'd1'], max: 2 })
  if (random() < 0.3) rules.push({ kind: 'conflict', between: [['d0'], ['d1']] })
  const capacity = { cpu: pick([2, 4, 6.5]), memory: pick([3000, 8192]), gpu: pick([0, 1, 2, 3]) }
  return parseProblem({
    schemaVersion: 1,
    nodes: [{ id: 'n', capacity, costPerHour: 1 }],
    deployments,
    replicas: [],
    rules
  })
}

/** The worth of the best contents that the checker takes, by enumeration. */
function enumerate(problem: Problem, profit: Float64Array, stayers: readonly Stayer[]): number {
  let best = Number.NEGATIVE_INFINITY
  const copies: PlacedCopy[] = []
  const choose = (index: number, worth: number) => {
    const deployment = problem.deployments[index]
    if (deployment === undefined) {
      best = Math.max(best, worth)
      return
    }
    const { copies: staying = 0, held = 0, bonus = 0 } = stayers.find((stayer) => stayer.deployment === index) ?? {}
    let count = 0
    for (; count <= (deployment.replicas ?? 0); count++) {
      if (count > 0) copies.push({ deployment: deployment.id, node: 'n' })
      if (brokenRules(problem, copies).length > 0) {
        count++
        break
      }
      const stays = bonus > 0 ? Math.min(count, staying) : held
      if (count >= held) choose(index + 1, worth + count * (profit[index] as number) + stays * bonus)
    }
    copies.length -= count - 1
  }
  choose(0, 0)
  return best
}

test('the best contents are worth what enumeration finds, whatever somebody said', () => {
  const seen = { withStayers: 0, refuted: 0 }
  for (let seed = 1; seed <= CASES; seed++) {
    const problem = drawNode(seed)
    const random = seededRandom(seed + 10_000)
    const profit = Float64Array.from(problem.deployments, () => (random() < 0.15 ? 0 : Math.round(random() * 100) / 7))
    const stayers: Stayer[] =
      random() < 0.5
        ? []
        : [{ deployment: 0, copies: 1, held: random() < 0.3 ? 1 : 0, bonus: Math.round(random() * 9) }]
    const best = enumerate(problem, profit, stayers)
    // A start that does not fit is none.
    if (best === Number.NEGATIVE_INFINITY) continue
    const contents = new BestContents(limitNodes(readFleet(problem), 0, true), new Effort(1e7))
    contents.price(profit, 1e-9)
    for (const said of [Number.NEGATIVE_INFINITY, best - 0.5, best, best + 1]) {
      const { worth, isExact } = contents.above(said, stayers)
      expect(isExact, `seed ${seed}`).toBe(true)
      expect(Math.abs(worth - Math.max(best, said)), `seed ${seed}, said ${said}`).toBeLessThan(1e-6)
      if (said < best) seen.refuted++
    }
    if (stayers.length > 0) seen.withStayers++
    // Cut short, the bound is one all the same.
    const hurried = new BestContents(limitNodes(readFleet(problem), 0, true), new Effort(0))
    hurried.price(profit, 1e-9)
    expect(hurried.above(best - 0.5, stayers).worth, `seed ${seed}`).toBeGreaterThanOrEqual(best)
  }
  expect(seen.withStayers).toBeGreaterThan(CASES / 4)
  expect(seen.refuted).toBeGreaterThan(CASES)
})
