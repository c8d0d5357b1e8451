import { expect, test } from 'vitest'
import { verifyPlacement } from '../../models/checker/verify-placement.js'
import { compaction } from '../../src/capacity/compaction/compaction.js'
import { nearestRank } from '../../src/capacity/compaction/nearest-rank.js'
import { shuffled } from '../../src/capacity/compaction/shuffled.js'
import { fromScratch, roomProblem, withoutNodes, withoutPurchases } from '../../src/capacity/question/scenario.js'
import { seededRandom } from '../../src/random.js'
import { node, readFixture, running } from '../compact/planned.js'
import { fitsByEnumeration, tinyProblem } from './tiny.js'

test('the percentile by nearest rank', () => {
  const eleven = [5, 1, 11, 2, 9, 3, 10, 4, 8, 6, 7]
  expect(nearestRank(eleven, 0.9)).toBe(10)
  expect(nearestRank(eleven, 0.5)).toBe(6)
  expect(nearestRank([4], 0.9)).toBe(4)
  expect(nearestRank([2, 1], 0)).toBe(1)
  expect(nearestRank([], 0.9)).toBeNaN()
})

test('an order has every item once, depends on its seed alone, and puts each first as often', () => {
  const items = ['a', 'b', 'c', 'd']
  const firsts = new Map<string, number>()
  for (let seed = 0; seed < 4000; seed++) {
    const order = shuffled(items, seededRandom(seed))
    expect([...order].sort()).toEqual(items)
    expect(shuffled(items, seededRandom(seed))).toEqual(order)
    firsts.set(order[0] as string, (firsts.get(order[0] as string) ?? 0) + 1)
  }
  for (const item of items) expect(firsts.get(item)).toBeGreaterThan(800)
})

test('orders of tiny clusters end where enumeration says', async () => {
  let compared = 0
  for (let seed = 9301; seed <= 9330; seed++) {
    const tiny = tinyProblem(seed)
    // A smaller cluster has fewer domains, so that rules may hold there again.
    const problem = { ...tiny, rules: [] }
    const answer = await compaction(problem, { timeLimitMs: 3_000, threads: 1, trials: 2 })
    const room = fromScratch(withoutPurchases(roomProblem(problem)))
    const hosts = room.nodes.filter(
      ({ acceptsReplicas, mustEmpty, releasable }) => (acceptsReplicas && !mustEmpty) || !releasable
    )
    const work = { ...room, nodes: hosts }
    for (const { seed: own, nodesLeft, nodesNeeded, isExact } of answer.trials) {
      const releasable = hosts.filter((host) => host.releasable).map(({ id }) => id)
      const order = shuffled(releasable, seededRandom(own))
      let least: number | null = null
      for (let count = 0; count <= order.length; count++) {
        const fits = fitsByEnumeration(withoutNodes(work, new Set(order.slice(0, count))))
        if (fits === 'unknown') return
        if (fits) least = hosts.length - count
      }
      if (isExact) expect(nodesLeft, `seed ${seed}`).toBe(least)
      else if (nodesLeft !== null) expect(nodesLeft, `seed ${seed}`).toBeGreaterThanOrEqual(least ?? Infinity)
      if (nodesNeeded !== null && least !== null) expect(nodesNeeded, `seed ${seed}`).toBeLessThanOrEqual(least)
      if (isExact) compared++
    }
  }
  expect(compared).toBeGreaterThan(20)
})

test('eleven orders of a real cluster: by seed, checked, no cheaper than the bound of the plan', async () => {
  const problem = readFixture('openb/openb-slice-30')
  let shown = 0
  const answer = await compaction(problem, {
    timeLimitMs: 20_000,
    onPlacement: ({ problem: asked, placement }) => {
      expect(verifyPlacement(asked, placement)).toEqual([])
      shown++
    }
  })
  expect(answer.trials.map(({ trial }) => trial)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  expect(shown).toBe(11)
  for (const { costLeftPerHour, nodesLeft, nodesNeeded } of answer.trials) {
    expect(costLeftPerHour).toBeGreaterThanOrEqual((answer.plan?.bound ?? Infinity) - 1e-6)
    if (nodesNeeded !== null) expect(nodesNeeded).toBeLessThanOrEqual(nodesLeft ?? 0)
  }
  const left = answer.trials.map(({ nodesLeft }) => nodesLeft as number).sort((a, b) => a - b)
  expect(answer.nodesLeft).toBe(left[9])
  expect(answer.plan?.excess).toBeGreaterThan(0)
  expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
})

test('the same seed and work limit give the same answer with any number of threads', async () => {
  const problem = readFixture('openb/openb-slice-30')
  const answers = []
  for (const threads of [1, 2]) {
    const { seconds: _, ...answer } = await compaction(problem, { workLimit: 2_000, threads, seed: 3, trials: 3 })
    answers.push(answer)
  }
  expect(answers[1]).toEqual(answers[0])
})

test('nodes that are not releasable stay, and closed ones go first', async () => {
  const answer = await compaction(
    {
      schemaVersion: 1,
      nodes: [
        node('head', { releasable: false, capacity: { cpu: 1 } }),
        node('a'),
        node('b'),
        node('shut', { acceptsReplicas: false })
      ],
      deployments: [{ id: 'web', demand: { cpu: 2 } }],
      replicas: running('web', 'a', 'shut')
    },
    { timeLimitMs: 2_000, threads: 1, trials: 3 }
  )
  expect(answer).toMatchObject({ nodes: 4, nodesLeft: 2, costLeftPerHour: 2, nodeShare: 0.5 })
  expect(answer.notes.join()).toContain('take no replicas')
})

test('options that are none are refused', async () => {
  const problem = readFixture('openb/openb-slice-30')
  await expect(compaction(problem, { trials: 0 })).rejects.toThrow(/trials: found 0/)
  await expect(compaction(problem, { trails: 3 } as object)).rejects.toThrow(/trails: found an unknown option/)
  await expect(compaction({ ...problem, nodes: 3 } as never)).rejects.toThrow(/nodes/)
})
