import { compact, type ProblemInput } from 'replica-compactor'
import { expect, test } from 'vitest'
import { verifyPlacement } from '../../models/checker/verify-placement.js'
import { parseProblem } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import { activeNodes, openOnly, roomProblem, withoutPurchases } from '../../src/capacity/question/scenario.js'
import { nodeLosses } from '../../src/capacity/survive/loss-groups.js'
import { afterLoss } from '../../src/capacity/survive/survival.js'
import type { Recovery } from '../../src/capacity/survive/survival-verdict.js'
import { survive } from '../../src/capacity/survive/survive.js'
import { node, readFixture, running } from '../compact/planned.js'
import { enumerated, fitsByEnumeration, tinyProblem } from './tiny.js'

const LIMITS = { timeLimitMs: 4_000, threads: 1 }

test('losses of tiny clusters are survived exactly when enumeration says so', async () => {
  const seen = { survives: 0, fails: 0, counted: 0 }
  for (let seed = 9001; seed <= 9030; seed++) {
    const problem = tinyProblem(seed)
    const room = withoutPurchases(roomProblem(problem))
    const { cases } = await survive(problem, { ...LIMITS, basis: ['now'], losses: ['node'], price: false })
    for (const { nodes, alike, withoutMoves, withMoves } of cases[0]?.groups ?? []) {
      for (const [recovery, survival] of [
        ['none', withoutMoves],
        ['repack', withMoves]
      ] as [Recovery, typeof withMoves][]) {
        for (const lost of alike) {
          const truth = fitsByEnumeration(afterLoss(room, [lost], recovery))
          if (truth === 'unknown' || survival.verdict === 'undecided') continue
          expect(survival.verdict, `seed ${seed}, ${lost}, ${recovery}`).toBe(truth ? 'survives' : 'fails')
          seen[survival.verdict as 'survives' | 'fails']++
        }
        if (survival.unplaced === null || !survival.unplaced.isProven) continue
        const best = enumerated({ ...afterLoss(room, nodes, recovery), pending: 'best-effort' })
        if (best === 'unknown' || best === null) continue
        const priorities = [...new Set(room.deployments.map(({ priority }) => priority))].sort((a, b) => b - a)
        const found = priorities.map(
          (priority) => survival.unplaced?.byPriority.find((one) => one.priority === priority)?.replicas ?? 0
        )
        expect(found, `seed ${seed}, without ${nodes}, ${recovery}`).toEqual(best.unplaced)
        seen.counted++
      }
    }
  }
  expect(seen.survives).toBeGreaterThan(10)
  expect(seen.fails).toBeGreaterThan(10)
  expect(seen.counted).toBeGreaterThan(5)
})

/** The least cost of any nodes of a tiny cluster on which all fits, without any one of them, too. */
function leastSurviving(problem: Problem): number | 'unknown' {
  const room = withoutPurchases(roomProblem(problem))
  let least = Infinity
  for (let chosen = 1; chosen < 2 ** room.nodes.length; chosen++) {
    const kept = new Set(room.nodes.filter((_, index) => chosen & (1 << index)).map(({ id }) => id))
    const cost = room.nodes.reduce((sum, { id, costPerHour }) => sum + (kept.has(id) ? costPerHour : 0), 0)
    if (cost >= least || room.nodes.some(({ id, releasable }) => !releasable && !kept.has(id))) continue
    const others = room.nodes.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
    const verdicts = [null, ...kept].map((lost) =>
      fitsByEnumeration(afterLoss(room, lost === null ? others : [...others, lost], 'repack'))
    )
    if (verdicts.includes('unknown')) return 'unknown'
    if (verdicts.every((fits) => fits === true)) least = cost
  }
  return least
}

test('no nodes that survive the loss of any of them cost less than the bound on the price', async () => {
  let compared = 0
  for (let seed = 9101; seed <= 9140; seed++) {
    const { rules: _, nodeTypes: __, ...tiny } = tinyProblem(seed)
    const problem = { ...tiny, rules: [], nodeTypes: [] }
    const { price } = await survive(problem, { ...LIMITS, losses: ['node'], basis: ['plan'], recovery: 'repack' })
    const truth = leastSurviving(problem)
    if (price === null || truth === 'unknown' || price.notCovered.length > 0) continue
    expect(price.bound, `seed ${seed}`).toBeLessThanOrEqual(truth + 1e-6)
    expect(price.costPerHour, `seed ${seed}`).toBeGreaterThanOrEqual(price.bound - 1e-9)
    compared++
  }
  expect(compared).toBeGreaterThan(5)
})

const twins: ProblemInput = {
  schemaVersion: 1,
  nodes: [
    node('a', { labels: { zone: 'x' } }),
    node('b', { labels: { zone: 'x' } }),
    node('c', { labels: { zone: 'y' } }),
    node('spare', { labels: { zone: 'y' }, costPerHour: 3 })
  ],
  deployments: [{ id: 'web', demand: { cpu: 2 } }],
  replicas: running('web', 'a', 'a', 'b', 'b', 'c')
}

test('nodes with the same contents are one group, and the idle ones are no loss', () => {
  const groups = nodeLosses(parseProblem(twins))
  expect(groups.map(({ alike, replicas }) => [alike, replicas])).toEqual([
    [['a', 'b'], 2],
    [['c'], 1]
  ])
})

test('whoever shares a device tells nodes apart, and its number does not', () => {
  const gpu = (id: string) => node(id, { capacity: { cpu: 4, gpu: 2 } })
  const replica = (home: string, number: number, device: number) => ({
    id: `m-${home}-${number}`,
    deployment: 'm',
    node: home,
    devices: { gpu: [device] }
  })
  const groups = nodeLosses(
    parseProblem({
      schemaVersion: 1,
      nodes: [gpu('a'), gpu('b'), gpu('c')],
      deployments: [{ id: 'm', demand: { cpu: 1, gpu: 0.5 } }],
      replicas: [
        ...[replica('a', 0, 0), replica('a', 1, 0)],
        ...[replica('b', 0, 1), replica('b', 1, 1)],
        ...[replica('c', 0, 0), replica('c', 1, 1)]
      ]
    })
  )
  expect(groups.map(({ alike }) => alike)).toEqual([['a', 'b'], ['c']])
})

test('the price keeps the spare node that the plan would release, and the bound proves it', async () => {
  const answer = await survive(twins, { ...LIMITS, losses: ['node'] })
  expect(answer.price).toMatchObject({
    planCostPerHour: 3,
    spare: [{ id: 'spare', isNew: false, costPerHour: 3 }],
    costPerHour: 6,
    notCovered: []
  })
  expect(answer.cases.map(({ basis, counts }) => [basis, counts.none])).toEqual([
    ['now', { survives: 4, fails: 0, undecided: 0 }],
    ['plan', { survives: 0, fails: 3, undecided: 0 }]
  ])
})

test('a zone is lost with all its nodes, and a label that no node has is refused', async () => {
  const { cases } = await survive(twins, { ...LIMITS, losses: ['zone'], basis: ['now'], price: false })
  const [zones] = cases
  expect(zones?.groups.map(({ alike, nodes }) => [alike, nodes])).toEqual([
    [['x'], ['a', 'b']],
    [['y'], ['c', 'spare']]
  ])
  expect(zones?.groups[0]?.withMoves).toMatchObject({ verdict: 'fails', unplaced: { replicas: 1, isProven: true } })
  await expect(survive(twins, { losses: ['rack'] })).rejects.toThrow(/losses\[0\]: .*zone/)
})

test('every placement that an answer rests on passes the checker, with spare nodes, too', async () => {
  const problem = parseProblem(readFixture('openb/openb-slice-30'))
  const plan = await compact(problem, { timeLimitMs: 4_000 })
  const shown: string[] = []
  const answer = await survive(problem, {
    timeLimitMs: 15_000,
    plan,
    onPlacement: ({ shows, problem: asked, placement }) => {
      expect(verifyPlacement(asked, placement).filter(({ code }) => code !== 'unplaced')).toEqual([])
      shown.push(shows)
    }
  })
  expect(shown.length).toBeGreaterThan(40)
  expect(answer.price?.costPerHour).toBeGreaterThanOrEqual(plan.objective?.costPerHour ?? Infinity)
  expect(answer.price?.bound).toBeGreaterThan(plan.bound?.costPerHour ?? Infinity)
  expect(JSON.parse(JSON.stringify(answer))).toEqual(answer)
})

test('what is not open takes nothing, and still counts as a domain', () => {
  const room = roomProblem(parseProblem(twins))
  const active = activeNodes(room)
  expect([...active].sort()).toEqual(['a', 'b', 'c'])
  expect(openOnly(room, ({ id }) => active.has(id)).nodes.map(({ acceptsReplicas }) => acceptsReplicas)).toEqual([
    true,
    true,
    true,
    false
  ])
})
