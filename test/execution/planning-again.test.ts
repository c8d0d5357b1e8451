import { describe, expect, test } from 'vitest'
import { verifyResult } from '../../models/checker/verify-result.js'
import { parseProblem } from '../../models/contract/parse.js'
import type { Result } from '../../models/contract/result.js'
import { compact } from '../../src/compact.js'
import { StepError } from '../../src/execution/driver.js'
import { problemAfter } from '../../src/execution/problem-after.js'
import { seededRandom } from '../../src/random.js'
import { randomCluster } from '../compact/random-cluster.js'
import { runPlan } from './run-plan.js'

/** Steps that have ended and steps that have begun, at a random moment of a plan carried out in a random order. */
function someMoment({ plan }: Result, random: () => number) {
  const ended = new Set<string>()
  const begun = new Set<string>()
  const share = random()
  for (const { id, after } of plan.steps) {
    if (!after.every((before) => ended.has(before))) continue
    if (random() < share) ended.add(id)
    else if (random() < 0.4) begun.add(id)
  }
  return { ended, begun }
}

/** Whether nothing runs any more: then there is nothing to plan, and no Problem to plan it from. */
function isEmptied({ placement, plan }: Result, ended: ReadonlySet<string> = new Set(plan.steps.map(({ id }) => id))) {
  return placement.length === 0 && plan.steps.every(({ id, action }) => action !== 'stop' || ended.has(id))
}

const violationsOf = (problem: Parameters<typeof verifyResult>[0], result: Result) =>
  verifyResult(problem, result).map(({ message }) => message)

describe('in the middle of a plan', () => {
  test.each([0, 1, 2, 3])('planning again is safe (%i)', async (batch) => {
    let moments = 0
    for (let seed = batch * 40; seed < batch * 40 + 40; seed++) {
      const problem = randomCluster(seed)
      const result = await compact(problem, { solver: 'greedy', seed })
      if (result.plan.steps.length === 0) continue
      const random = seededRandom(seed)
      for (let moment = 0; moment < 3; moment++) {
        const progress = someMoment(result, random)
        if (isEmptied(result, progress.ended)) continue
        const now = problemAfter(problem, result, progress)
        const again = await compact(now, { solver: 'greedy', seed })
        expect({ seed, moment, violations: violationsOf(now, again) }).toEqual({ seed, moment, violations: [] })
        // What was begun can be gone on with, whatever else there is to plan.
        if (result.primalStatus === 'feasible' && result.unplaced.length === 0 && result.violations.length === 0) {
          expect({ seed, moment, status: again.primalStatus }).toEqual({ seed, moment, status: 'feasible' })
        }
        moments++
      }
    }
    expect(moments).toBeGreaterThan(40)
  })
})

describe('at the end of a plan', () => {
  test.each([0, 1])('there is nothing more to do when it was optimal (%i)', async (batch) => {
    let optimal = 0
    for (let seed = 500 + batch * 15; seed < 515 + batch * 15; seed++) {
      const problem = randomCluster(seed)
      const result = await compact(problem, { timeLimitMs: 3000, seed, threads: 1 })
      if (result.termination !== 'optimal' || result.plan.status !== 'complete' || isEmptied(result)) continue
      const outcome = problemAfter(problem, result)
      const again = await compact(outcome, { timeLimitMs: 3000, seed, threads: 1 })
      expect({ seed, steps: again.plan.steps, cost: again.objective?.costPerHour }).toEqual({
        seed,
        steps: [],
        cost: expect.closeTo(result.objective?.costPerHour ?? 0, 6)
      })
      optimal++
    }
    expect(optimal).toBeGreaterThan(5)
  })

  test('nor when no further saving passes the gate', async () => {
    const problem = parseProblem({
      schemaVersion: 1,
      nodes: ['a', 'b', 'c'].map((id) => ({ id, capacity: { cpu: 4 }, costPerHour: 1 })),
      deployments: [{ id: 'web', demand: { cpu: 1 } }],
      replicas: ['a', 'b', 'b', 'b', 'c'].map((node, index) => ({ id: `web-${index}`, deployment: 'web', node })),
      gate: { minSavingPerMove: 0.6 }
    })
    // One move saves 1; a second node would take four moves and save 1.
    const result = await compact(problem, { timeLimitMs: 3000 })
    expect(result.objective).toMatchObject({ costPerHour: 2, migrations: 1 })
    const again = await compact(problemAfter(problem, result), { timeLimitMs: 3000 })
    expect(again.plan.steps).toEqual([])
  })
})

describe('copies in flight', () => {
  const problem = parseProblem({
    schemaVersion: 1,
    nodes: [
      { id: 'a', capacity: { cpu: 4 }, costPerHour: 3 },
      { id: 'b', capacity: { cpu: 4 }, costPerHour: 1 }
    ],
    deployments: [{ id: 'web', demand: { cpu: 1 } }],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a' },
      { id: 'web-1', deployment: 'web', node: 'b' }
    ]
  })
  const at = async (ended: string[], begun: string[] = []) => {
    const result = await compact(problem, { timeLimitMs: 3000 })
    return problemAfter(problem, result, { ended, begun })
  }
  const copiesOf = ({ replicas }: Awaited<ReturnType<typeof at>>) =>
    replicas.map(({ id, node, state, replaces }) => `${id} ${node} ${state} ${replaces ?? ''}`.trim()).sort()

  test('a new copy replaces the old one under a name of its own while both exist', async () => {
    expect(copiesOf(await at(['cordon:a'], ['start:web-0@b']))).toEqual([
      'web-0 a running',
      'web-0~2 b starting web-0',
      'web-1 b running'
    ])
  })

  test('it takes the name over when the old one drains', async () => {
    const now = await at(['cordon:a', 'start:web-0@b', 'shift:web-0@a->b'], ['drain:web-0@a'])
    expect(copiesOf(now)).toEqual(['web-0 b running web-0~2', 'web-0~2 a draining', 'web-1 b running'])
    expect(now.deployments[0]?.replicas).toBe(2)
  })

  test('in the end the released node is gone', async () => {
    const result = await compact(problem, { timeLimitMs: 3000 })
    const outcome = problemAfter(problem, result)
    expect(outcome.nodes.map(({ id }) => id)).toEqual(['b'])
    expect(copiesOf(outcome)).toEqual(['web-0 b running', 'web-1 b running'])
  })
})

describe('after an execution', () => {
  const problem = parseProblem({
    schemaVersion: 1,
    nodes: [
      { id: 'a', capacity: { cpu: 4 }, costPerHour: 3 },
      { id: 'b', capacity: { cpu: 4 }, costPerHour: 1 },
      { id: 'c', capacity: { cpu: 1 }, costPerHour: 0.1, releasable: false }
    ],
    deployments: [{ id: 'web', demand: { cpu: 1 } }],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a' },
      { id: 'web-1', deployment: 'web', node: 'b' },
      { id: 'web-2', deployment: 'web', node: 'c' }
    ]
  })

  test('its report says how far it got, and what is lost waits for a place', async () => {
    const result = await compact(problem, { timeLimitMs: 3000 })
    expect(result.releasedNodes).toEqual(['a'])
    const { report } = await runPlan(result.plan, {
      'drain drain:web-0@a': { fails: new StepError('node-lost', 'b is gone', 'b'), delayMs: 0 }
    })
    expect(report.lostNodes).toEqual(['b'])
    const now = problemAfter(problem, result, report)
    expect(now.nodes.map(({ id }) => id)).not.toContain('b')
    const homes = Object.fromEntries(now.replicas.map(({ id, node }) => [id, node]))
    expect(homes).toMatchObject({ 'web-1': null, 'web-2': 'c' })
    expect(now.deployments[0]?.replicas).toBe(3)
  })

  test.each<[string, unknown, RegExp]>([
    ['a step that there is not', { ended: ['start:nobody'] }, /found "start:nobody", expected the id of a step/],
    ['begun without ended', { begun: [] }, /ended: found nothing/],
    ['another key', { end: [] }, /end: found an unknown key/],
    ['no list', { ended: 3 }, /ended: found 3, expected a list of ids/],
    ['nothing at all', null, /found null/]
  ])('%s is named', async (_, progress, words) => {
    const result = await compact(problem, { timeLimitMs: 3000 })
    expect(() => problemAfter(problem, result, progress as never)).toThrow(words)
  })

  test('a Result of another Problem is refused', async () => {
    const result = await compact(problem, { timeLimitMs: 3000 })
    const other = { ...problem, nodes: problem.nodes.map((node) => ({ ...node, costPerHour: 1 })) }
    expect(() => problemAfter(other, result)).toThrow(/problem.fingerprint/)
    expect(() => problemAfter(problem, {} as never)).toThrow(/result:/)
  })
})
