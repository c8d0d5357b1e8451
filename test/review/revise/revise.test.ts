import { expect, test } from 'vitest'
import { verifyResult } from '../../../models/checker/verify-result.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { Verdicts } from '../../../src/review/revise/read-decisions.js'
import { revise } from '../../../src/review/revise/revise.js'
import { asPlanned } from '../../../src/review/why/as-planned.js'
import { endsOf, movesOf, planOf, smallCluster } from './three-node-plan.js'

const quickly = { relativeGap: 0, timeLimitMs: 3_000, threads: 1 }

test('an accepted move is made, and the rest stays as it was', async () => {
  const problem = smallCluster()
  const plan = await planOf(problem)
  const [move] = movesOf(problem, plan) as [string]
  const { result, decisions, difference, underDecisions } = await revise(problem, plan, { accept: [move] }, quickly)
  expect(verifyResult(problem, result)).toEqual([])
  expect(endsOf(result)[move]).toBe(endsOf(plan)[move])
  expect(decisions.accept).toEqual([{ replica: move, node: endsOf(plan)[move] }])
  expect(result.explanation.decisions).toEqual(decisions)
  expect(difference?.same).toBe(true)
  expect(underDecisions?.gap).toBe(0)
})

test('a pinned replica stays, and what it costs is told', async () => {
  const problem = smallCluster()
  const plan = await planOf(problem)
  const homes = new Map(problem.replicas.map(({ id, node }) => [id, node]))
  for (const move of movesOf(problem, plan)) {
    const { result, difference } = await revise(problem, plan, { pin: [move] }, quickly)
    expect(verifyResult(problem, result)).toEqual([])
    expect(endsOf(result)[move]).toBe(homes.get(move))
    expect(difference?.figures.costPerHour.after).toBe(result.objective?.costPerHour)
    expect(difference?.moves.before.map(({ replica }) => replica)).toContain(move)
  }
})

/** Four replicas of one deployment, each on a node of its own, and one node that takes all. */
function alike(): Problem {
  return smallCluster({
    nodes: [
      { id: 'a', capacity: { cpu: 1 }, costPerHour: 2 },
      { id: 'b', capacity: { cpu: 1 }, costPerHour: 2 },
      { id: 'c', capacity: { cpu: 1 }, costPerHour: 2 },
      { id: 'all', capacity: { cpu: 4 }, costPerHour: 3 }
    ],
    deployments: [{ id: 'web', demand: { cpu: 1 } }],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a' },
      { id: 'web-1', deployment: 'web', node: 'b' },
      { id: 'web-2', deployment: 'web', node: 'c' }
    ]
  })
}

test('who is rejected is not replaced by another of its deployment', async () => {
  const problem = alike()
  const plan = await planOf(problem)
  expect(endsOf(plan)).toEqual({ 'web-0': 'all', 'web-1': 'all', 'web-2': 'all' })
  const { result, decisions } = await revise(problem, plan, { reject: ['web-1'] }, quickly)
  expect(decisions.reject).toEqual([{ replica: 'web-1', deployment: 'web', node: 'all', others: 2 }])
  expect(verifyResult(problem, result)).toEqual([])
  expect(endsOf(result)['web-1']).not.toBe('all')
  expect(result.placement.filter(({ node }) => node === 'all').length).toBeLessThanOrEqual(2)
  // Another one in its stead would be the same move under another name.
  const again = await revise(problem, plan, { reject: ['web-0', 'web-1', 'web-2'] }, quickly)
  expect(again.result.placement.filter(({ node }) => node === 'all')).toEqual([])
})

test('a node that is bought is no way around a rejection', async () => {
  const problem = smallCluster({
    nodes: [
      { id: 'a', capacity: { cpu: 1 }, costPerHour: 5 },
      { id: 'b', capacity: { cpu: 1 }, costPerHour: 5 }
    ],
    nodeTypes: [{ type: 'cheap', capacity: { cpu: 1 }, costPerHour: 1, maxNew: 5 }],
    deployments: [
      { id: 'web', demand: { cpu: 1 } },
      { id: 'db', demand: { cpu: 1 } }
    ],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a' },
      { id: 'db-0', deployment: 'db', node: 'b' }
    ]
  })
  const plan = await planOf(problem)
  expect(plan.objective?.costPerHour).toBe(2)
  const { result } = await revise(problem, plan, { reject: ['web-0'] }, quickly)
  expect(endsOf(result)['web-0']).toBe('a')
  expect(result.objective?.costPerHour).toBe(6)
})

test('decisions add up from one revision to the next, and may be forgotten', async () => {
  const problem = alike()
  const plan = await planOf(problem)
  const first = await revise(problem, plan, { reject: ['web-0'] }, quickly)
  const second = await revise(problem, first.result, { pin: ['web-1'] }, quickly)
  expect(second.decisions).toMatchObject({ reject: [{ replica: 'web-0' }], pin: [{ replica: 'web-1' }] })
  expect(endsOf(second.result)['web-0']).not.toBe('all')
  expect(endsOf(second.result)['web-1']).toBe('b')
  const third = await revise(problem, second.result, { forget: ['web-0', 'web-1'] }, quickly)
  expect(third.decisions).toEqual({ accept: [], reject: [], pin: [] })
  expect(third.result.objective?.costPerHour).toBe(plan.objective?.costPerHour)
})

test('the bound of a revised plan holds for all placements', async () => {
  const problem = alike()
  const plan = await planOf(problem)
  const { result, underDecisions, boundSource } = await revise(problem, plan, { pin: ['web-0'] }, quickly)
  expect(boundSource).toBe('computed')
  expect(result.bound?.total ?? Infinity).toBeLessThanOrEqual(plan.objective?.total ?? 0)
  expect(underDecisions?.total).toBe(result.objective?.total)
  const trusted = await revise(problem, plan, { pin: ['web-0'] }, { ...quickly, trustBound: true })
  expect(trusted.boundSource).toBe('stated')
  expect(trusted.result.bound?.total).toBe(plan.bound?.total)
})

test('a bound that is stated and refuted is not believed', async () => {
  const problem = alike()
  const plan = await planOf(problem)
  const forged = { ...plan, bound: { costPerHour: 100, moveCost: 0, total: 100 } }
  const { result, boundSource } = await revise(problem, forged, { accept: ['web-0'] }, { ...quickly, trustBound: true })
  expect(boundSource).toBe('computed')
  expect(verifyResult(problem, result)).toEqual([])
})

test('decisions that cannot hold together are named, and nothing is planned', async () => {
  // There is room on `c` for one of the two; the plan lets them change places.
  const problem = smallCluster({
    nodes: [
      { id: 'a', capacity: { cpu: 2 }, costPerHour: 10 },
      { id: 'c', capacity: { cpu: 2 }, costPerHour: 1 },
      { id: 'd', capacity: { cpu: 2 }, costPerHour: 2 }
    ],
    deployments: [
      { id: 'web', demand: { cpu: 2 } },
      { id: 'db', demand: { cpu: 2 }, nodeSelector: {} }
    ],
    replicas: [
      { id: 'web-0', deployment: 'web', node: null },
      { id: 'db-0', deployment: 'db', node: 'a' }
    ]
  })
  const plan = await planOf(problem)
  const ends = endsOf(plan)
  const occupied = ends['web-0'] as string
  const { result, difference } = await revise(
    problem,
    plan,
    { accept: ['web-0'], reject: ['db-0'] },
    { ...quickly, maxMigrations: 1 }
  )
  expect(verifyResult(problem, result)).toEqual([])
  expect(endsOf(result)['web-0']).toBe(occupied)
  expect(difference).not.toBeNull()
  const crowded = smallCluster({
    nodes: [
      { id: 'a', capacity: { cpu: 2 }, costPerHour: 10, mustEmpty: true },
      { id: 'c', capacity: { cpu: 2 }, costPerHour: 1 }
    ],
    deployments: [{ id: 'web', demand: { cpu: 2 } }],
    replicas: [{ id: 'web-0', deployment: 'web', node: 'a' }]
  })
  const moved = await planOf(crowded)
  const none = await revise(crowded, moved, { reject: ['web-0'] }, quickly)
  expect(none.result).toMatchObject({ primalStatus: 'none', termination: 'infeasible', placement: [] })
  expect(none.result.explanation.conflict).toMatchObject([{ path: 'decisions.reject[0]' }])
  expect(none.difference).toBeNull()
  expect(none.underDecisions).toBeNull()
  expect(verifyResult(crowded, none.result)).toEqual([])
})

test('a Result without a placement passes the checker where staying put is legal and a move was accepted', async () => {
  const problem = alike()
  const plan = await planOf(problem)
  const { result } = await revise(problem, plan, { accept: ['web-0'] }, { ...quickly, maxMigrations: 0 })
  expect(result.primalStatus).toBe('none')
  expect(verifyResult(problem, result)).toEqual([])
  const unexcused = { ...result, explanation: { ...result.explanation, decisions: undefined } }
  expect(verifyResult(problem, unexcused as typeof result).map(({ where }) => where)).toEqual(['primalStatus'])
})

test('limits hold on from one revision to the next, until others are given', async () => {
  const problem = alike()
  const plan = await planOf(problem)
  const first = await revise(problem, plan, { pin: ['web-0'] }, { ...quickly, maxMigrations: 1, maxMoveCost: 9 })
  expect(first.result.solve.budget).toEqual({ maxMigrations: 1, maxMoveCost: 9 })
  expect(asPlanned(problem, first.result).budget).toMatchObject({ maxMigrations: 1, maxMoveCost: 9 })
  const second = await revise(problem, first.result, { forget: ['web-0'] }, quickly)
  expect(second.result.solve.budget).toEqual({ maxMigrations: 1, maxMoveCost: 9 })
  expect(second.result.objective?.migrations).toBeLessThanOrEqual(1)
  const third = await revise(problem, second.result, {}, { ...quickly, maxMigrations: 3 })
  expect(third.result.solve.budget).toEqual({ maxMigrations: 3, maxMoveCost: 9 })
  expect(third.result.objective?.costPerHour).toBe(plan.objective?.costPerHour)
})

test('a bound that was stated within a tighter budget is not believed beyond it', async () => {
  const problem = alike()
  const plan = await planOf(problem)
  const trusting = { ...quickly, trustBound: true }
  const tight = await revise(problem, plan, { pin: ['web-0'] }, { ...trusting, maxMigrations: 1 })
  const stated = { ...tight.result, bound: { costPerHour: 6, moveCost: 0, total: 6 } }
  expect((await revise(problem, stated, {}, trusting)).boundSource).toBe('stated')
  expect((await revise(problem, stated, {}, { ...trusting, maxMigrations: 2 })).boundSource).toBe('computed')
})

test('an interrupt ends the search and keeps the best so far', async () => {
  const problem = smallCluster()
  const plan = await planOf(problem)
  const {
    result,
    kind,
    problem: named
  } = await revise(problem, plan, { pin: ['web-0'] }, { interrupt: AbortSignal.abort() })
  expect([kind, named]).toEqual(['revision', plan.problem])
  expect(result.primalStatus).toBe('feasible')
  expect(['interrupted', 'optimal']).toContain(result.termination)
  expect(verifyResult(problem, result)).toEqual([])
})

test('the same seed and work limit give the same plan', async () => {
  const problem = smallCluster()
  const plan = await planOf(problem)
  const pin = [movesOf(problem, plan)[0] as string]
  const runs = [1, 2].map(() => revise(problem, plan, { pin }, { workLimit: 200, threads: 1 }))
  const [left, right] = (await Promise.all(runs)).map(({ result: { placement, plan: steps } }) => ({
    placement,
    steps
  }))
  expect(left).toEqual(right)
})

test('an abort rejects with its reason', async () => {
  const problem = smallCluster()
  const plan = await planOf(problem)
  const reason = new Error('enough')
  await expect(revise(problem, plan, { acceptAll: true }, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  const later = new AbortController()
  const run = revise(problem, plan, { pin: ['web-0'] }, { signal: later.signal, onProgress: () => later.abort(reason) })
  await expect(run).rejects.toBe(reason)
})

test('whatever a callback throws reaches the caller', async () => {
  const problem = smallCluster()
  const plan = await planOf(problem)
  const run = revise(
    problem,
    plan,
    { pin: ['web-0'] },
    {
      onProgress: () => {
        throw new Error('of the caller')
      }
    }
  )
  await expect(run).rejects.toThrow('of the caller')
})

/** Node `a` is kept by a pinned replica and has room for all that runs on `b`, as far as the budget lets them move. */
function roomOnOther(changes: Partial<ProblemInput> = {}): Problem {
  return smallCluster({
    nodes: [
      { id: 'a', capacity: { cpu: 100 }, costPerHour: 50 },
      { id: 'b', capacity: { cpu: 9 }, costPerHour: 10 },
      { id: 'c', capacity: { cpu: 1 }, costPerHour: 1 }
    ],
    deployments: [
      { id: 'web', demand: { cpu: 1 } },
      { id: 'fixed', demand: { cpu: 1 }, movable: false },
      { id: 'db', demand: { cpu: 1 } }
    ],
    replicas: [
      { id: 'fixed-0', deployment: 'fixed', node: 'a' },
      { id: 'web-0', deployment: 'web', node: 'b' },
      { id: 'web-1', deployment: 'web', node: 'b' },
      { id: 'db-0', deployment: 'db', node: 'c' }
    ],
    ...changes
  })
}

test('a node that stays is explained by the budget where that binds, and else by what was decided', async () => {
  const reasonsOf = async (problem: Problem, verdicts: Verdicts) => {
    const plan = await planOf(problem)
    const { result } = await revise(problem, plan, verdicts, quickly)
    return new Map((result.explanation.nodes ?? []).map(({ node, ...reason }) => [node, reason]))
  }
  const pinned = { code: 'hosts-pinned', replicas: ['fixed-0'] }
  const limited = roomOnOther({ budget: { maxMigrations: 1 } })
  const budget = await reasonsOf(limited, {})
  expect(budget.get('a')).toEqual(pinned)
  expect(budget.get('b')).toEqual({ code: 'budget-exhausted', limits: ['budget.maxMigrations'] })

  const pins = await reasonsOf(roomOnOther(), { pin: ['db-0', 'web-1'] })
  expect(pins.get('a')).toEqual(pinned)
  expect(pins.get('b')).toEqual({ code: 'hosts-pinned', replicas: ['web-1'], limits: ['decisions.pin[1]'] })
  expect(pins.get('c')).toEqual({ code: 'hosts-pinned', replicas: ['db-0'], limits: ['decisions.pin[0]'] })

  const rejects = await reasonsOf(roomOnOther(), { reject: ['db-0'] })
  expect(rejects.get('c')?.limits).toContain('decisions.reject[0]')
})
