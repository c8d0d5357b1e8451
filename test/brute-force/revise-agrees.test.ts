import { compact, parseProblem, sequence } from 'replica-compactor'
import { verifyResult } from 'replica-compactor/models'
import { expect, test } from 'vitest'
import type { Decisions } from '../../models/contract/decisions.js'
import type { Problem, ProblemInput } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import { revise } from '../../src/review/revise/revise.js'
import { obeys } from '../review/revise/obeys.js'
import { type Optimum, TooLargeError, visitPlacements } from './enumerate-placements.js'
import { randomProblem } from './random-problem.js'
import { stateDevices } from './state-devices.js'

const CASES = 40

/** Replicas that a plan moves or starts. */
function movesOf(problem: Problem, { placement }: Result): string[] {
  const homes = new Map(problem.replicas.map(({ id, node }) => [id, node]))
  return placement.flatMap(({ replica, node }) => (homes.get(replica) === node ? [] : [replica]))
}

function better(left: Optimum, right: Optimum | null): boolean {
  if (right === null) return true
  return left.total < right.total - 1e-9 || (left.total < right.total + 1e-9 && left.moveCost < right.moveCost - 1e-9)
}

/** The best of all placements that obey decisions; null where none does. */
function bestUnder(problem: Problem, decisions: Decisions): Optimum | null | 'unknown' {
  let found: Optimum | null = null
  try {
    visitPlacements(problem, (one) => {
      if (one.broken === 0 && better(one, found) && obeys(problem, one.placement.placement, decisions)) found = one
    })
  } catch (error) {
    if (error instanceof TooLargeError) return 'unknown'
    throw error
  }
  return found
}

type Nodes = Readonly<Record<string, readonly [amount: number, costPerHour: number]>>
type Replicas = Readonly<Record<string, readonly [deployment: string, node: string, device?: number]>>

/** A Problem with one resource. Replicas of `k` are pinned. */
function smallProblem(
  resource: string,
  nodes: Nodes,
  demands: Readonly<Record<string, number>>,
  replicas: Replicas,
  more: Partial<ProblemInput> = {}
): Problem {
  return parseProblem({
    schemaVersion: 1,
    nodes: Object.entries(nodes).map(([id, [amount, costPerHour]]) => ({
      id,
      capacity: { [resource]: amount },
      costPerHour
    })),
    deployments: Object.entries(demands).map(([id, demand]) => ({
      id,
      demand: { [resource]: demand },
      movable: id !== 'k'
    })),
    replicas: Object.entries(replicas).map(([id, [deployment, node, device]]) => ({
      id,
      deployment,
      node,
      ...(device === undefined ? {} : { devices: { [resource]: [device] } })
    })),
    ...more
  })
}

/** Whoever is accepted gives its device to another of its deployment, and where it was somebody takes the other whole. */
const DEVICES = smallProblem(
  'gpu',
  { A: [2, 10], B: [1, 1], C: [1, 5], D: [1, 20] },
  { x: 0.5, k: 0.5, w: 1 },
  { x0: ['x', 'A', 0], y0: ['k', 'A', 1], k0: ['k', 'B', 0], x1: ['x', 'C', 0], w0: ['w', 'D', 0] }
)
/** Without devices others of a deployment had better stay, and the checker asks for that. */
const ROOM = smallProblem(
  'cpu',
  { A: [3, 10], B: [2, 1], C: [1, 5], D: [1, 20] },
  { x: 1, k: 1, w: 1 },
  { x0: ['x', 'A'], y0: ['k', 'A'], k0: ['k', 'B'], x1: ['x', 'C'], w0: ['w', 'D'] }
)
const ONE_EACH = smallProblem(
  'cpu',
  { h: [2.001, 1], a: [1, 12], b: [1, 11], c: [1, 9], e: [1, 8] },
  { k: 0.001, x: 1, y: 1, z: 1 },
  { k0: ['k', 'h'], x0: ['x', 'a'], x1: ['x', 'b'], y0: ['y', 'c'], z0: ['z', 'e'] },
  { budget: { maxMigrationsPerDeployment: 1 } }
)

/** C must be emptied, and only where x0 was is there room for x1. */
const EMPTIED = parseProblem({
  ...DEVICES,
  nodes: DEVICES.nodes.map((node) => (node.id === 'C' ? { ...node, mustEmpty: true } : node))
})

test.each([
  ['what holds devices', DEVICES, { x0: 'B', w0: 'A' }, { accept: ['x0', 'w0'] }, 11],
  ['what holds none', ROOM, { x0: 'B', w0: 'A' }, { accept: ['x0', 'w0'] }, 16],
  ['what has no other place', EMPTIED, { x0: 'B', w0: 'A', x1: 'D' }, { accept: ['x0', 'w0'], reject: ['x1'] }, 11],
  ['a deployment that may move once', ONE_EACH, { x0: 'h', y0: 'h' }, { accept: ['x0'], reject: ['y0'] }, 20]
])('decisions on %s leave the best that obeys them', async (_, problem, moves, verdicts, total) => {
  const to = new Map(Object.entries(moves))
  const placement = problem.replicas.map(({ id, node }) => ({ replica: id, node: to.get(id) ?? (node as string) }))
  const plan = await sequence(problem, { schemaVersion: 1, placement })
  const { result, decisions, underDecisions } = await revise(problem, plan, verdicts, {
    relativeGap: 0,
    timeLimitMs: 5_000,
    threads: 1
  })
  expect(bestUnder(problem, decisions)).toMatchObject({ total })
  expect(verifyResult(problem, result)).toEqual([])
  expect(obeys(problem, result.placement, decisions)).toBe(true)
  expect(result.objective?.total).toBe(total)
  expect(underDecisions).toEqual({ total, gap: 0 })
})

test('a revised plan is the best of all placements that obey the decisions', async () => {
  const seen = { accept: 0, reject: 0, pin: 0, infeasible: 0, unreachable: 0 }
  for (let seed = 8001; seed <= 8000 + CASES; seed++) {
    const problem = { ...stateDevices(randomProblem(seed)), pending: 'required' as const }
    const result = await compact(problem, { relativeGap: 0, timeLimitMs: 5_000, threads: 1 })
    if (result.primalStatus === 'none' || result.plan.status === 'partial') continue
    const moves = movesOf(problem, result)
    const held = new Set(
      problem.replicas.filter(({ gang, state }) => gang !== undefined || state !== 'running').map(({ id }) => id)
    )
    const running = problem.replicas
      .filter(({ node, state }) => node !== null && state !== 'draining')
      .map(({ id }) => id)
    const pick = <Item>(items: readonly Item[]) => items[seed % Math.max(1, items.length)]
    for (const [kind, id] of [
      ['accept', pick(moves.filter((move) => !held.has(move)))],
      ['reject', pick(moves)],
      ['pin', pick(running)]
    ] as const) {
      if (id === undefined) continue
      const revision = await revise(
        problem,
        result,
        { [kind]: [id] },
        { relativeGap: 0, timeLimitMs: 5_000, threads: 1 }
      )
      const optimum = bestUnder(problem, revision.decisions)
      if (optimum === 'unknown') continue
      const about = `seed ${seed}, ${kind} ${id}`
      if (revision.result.primalStatus === 'none') {
        if (optimum === null) seen.infeasible++
        else seen.unreachable++
        expect(revision.result.explanation.conflict ?? revision.result.explanation.notes, about).not.toEqual([])
        continue
      }
      expect(verifyResult(problem, revision.result), about).toEqual([])
      expect(obeys(problem, revision.result.placement, revision.decisions), about).toBe(true)
      if (revision.result.violations.length > 0) {
        // Whoever is pinned may keep broken what the start breaks.
        expect(optimum, about).toBeNull()
        continue
      }
      expect(optimum, about).not.toBeNull()
      const { objective, bound } = revision.result
      const best = optimum as Optimum
      expect(revision.underDecisions?.total ?? 0, about).toBeLessThanOrEqual(best.total + 1e-6)
      expect(bound?.total ?? 0, about).toBeLessThanOrEqual((result.objective?.total ?? 0) + 1e-6)
      expect(objective?.total ?? 0, about).toBeGreaterThanOrEqual(best.total - 1e-6)
      if ((objective?.total ?? 0) > best.total + 1e-6) {
        seen.unreachable++
        continue
      }
      if (problem.objective.horizonHours === null) expect(objective?.moveCost, about).toBeCloseTo(best.moveCost, 6)
      seen[kind]++
    }
  }
  expect(Math.min(seen.accept, seen.reject, seen.pin)).toBeGreaterThan(CASES / 10)
  expect(seen.unreachable).toBeLessThan(CASES / 10)
}, 120_000)
