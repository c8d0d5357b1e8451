import type { ProblemInput } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { makeMixed } from '../../../benchmarks/families/mixed.mjs'
import { policies } from '../../../benchmarks/policies/policies.mjs'
import type { Instance } from '../../../dist/models/instance/instance.js'
import { PackingState } from '../../../dist/src/search/packing-state.js'
import { randomProblem } from '../../brute-force/random-problem.js'
import { randomShares } from './random-shares.js'
import { compile, contentsOf, coresOn, openState, policyNamed, unlimited, violationsOf } from './simulated-cluster.js'

const seeds = Array.from({ length: 150 }, (_, index) => index + 1)
const names = policies.map(({ name }) => name)
const repacking = ['first-fit-decreasing', 'best-fit-decreasing']
/** Replicas that nobody moves. */
const held: [words: string, trait: Partial<ProblemInput['replicas'][number]>][] = [
  ['pinned', { movable: false }],
  ['in a gang', { gang: 'g' }],
  ['starting', { state: 'starting' }],
  ['draining', { state: 'draining' }]
]

/** What policies know nothing of. */
const unknown = new Set(['affinity', 'spread', 'at-least', 'must-empty', 'headroom', 'budget'])

/** Everything else that the checker finds wrong, and by how much. */
function brokenIn(state: PackingState): Map<string, number> {
  const found = violationsOf(state).filter(({ code }) => !unknown.has(code))
  return new Map(found.map(({ code, where, amount }) => [`${code} ${where}`, amount]))
}

test('each has a name of its own and a sentence', () => {
  expect(new Set(names).size).toBe(7)
  for (const { description } of policies) expect(description).toMatch(/^[A-Z].{40,160}\.$/)
})

test.each([
  ['first-fit-decreasing', /all or nothing under a budget/],
  ['best-fit-decreasing', /all or nothing under a budget/],
  ['ray-compaction', /adds up shares of GPUs/]
])('the sentence about %s says what limits it', (name, words) => {
  expect(policyNamed(name).description).toMatch(words)
})

/** Clusters of every kind: with a little of everything, with awkward shares of GPUs, tiny ones with every rule, at both levels. */
const instances = seeds.flatMap((seed) => {
  const tiny = randomProblem(seed)
  const anyOrder: ProblemInput = { ...tiny, migration: { level: 'any-order' } }
  return [makeMixed(seed), randomShares(seed), tiny, anyOrder].map(compile)
})

describe.each(names)('%s', (name) => {
  const policy = policyNamed(name)
  const taken = instances.filter((instance) => policy.refuses(instance) === null)
  const label = (instance: Instance) => `${instance.problem.name}, ${instance.problem.migration.level}`
  /** Where nothing is missing, nothing has to be paid for what was not there. */
  const isComplete = ({ deployments }: Instance) => deployments.every(({ desired, placed }) => desired <= placed)

  test('on random clusters: nothing is broken by it, it never costs more, it ends', () => {
    let saved = 0
    for (const instance of taken) {
      const [start, state] = [new PackingState(instance), new PackingState(instance)]
      const { starts, isFixedPoint } = policy.run(state, unlimited)
      const before = brokenIn(start)
      for (const [broken, amount] of brokenIn(state)) {
        expect(amount, `${label(instance)}: ${broken}`).toBeLessThanOrEqual((before.get(broken) ?? 0) + 1e-9)
      }
      if (isComplete(instance)) expect(state.cost, label(instance)).toBeLessThanOrEqual(start.cost + 1e-9)
      expect(isFixedPoint).toBe(true)
      expect(starts, label(instance)).toBeGreaterThanOrEqual(state.migrations)
      if (state.cost < start.cost - 1e-9) saved++
    }
    expect(saved).toBeGreaterThan(name === 'descheduler' ? 5 : 60)
  })

  test('twice the same, and where it ended there is nothing to do for it', () => {
    for (const instance of taken) {
      const [state, again] = [new PackingState(instance), new PackingState(instance)]
      expect(policy.run(state, unlimited), label(instance)).toEqual(policy.run(again, unlimited))
      expect(state.toPacking(), label(instance)).toEqual(again.toPacking())
      const contents = contentsOf(state)
      expect(policy.run(state, unlimited).starts, label(instance)).toBe(0)
      expect(contentsOf(state), label(instance)).toEqual(contents)
    }
  })

  test('it keeps its budget, and does something with it', () => {
    const spent = [0, 1, 2, 3, 8].map((maxMoves) => {
      return taken.reduce((sum, instance) => {
        const [start, state] = [new PackingState(instance), new PackingState(instance)]
        const { starts } = policy.run(state, { ...unlimited, maxMoves })
        expect(starts, label(instance)).toBeLessThanOrEqual(maxMoves)
        expect(state.migrations, label(instance)).toBeLessThanOrEqual(starts)
        if (isComplete(instance)) expect(state.cost).toBeLessThanOrEqual(start.cost + 1e-9)
        return sum + starts
      }, 0)
    })
    expect(spent[0]).toBe(0)
    expect(spent.at(-1)).toBeGreaterThan(spent[1] ?? 0)
  })

  test('it stops when it is late, and says so', () => {
    const state = openState(coresOn({ a: [1], b: [6] }))
    const before = contentsOf(state)
    expect(policy.run(state, { ...unlimited, isLate: () => true })).toMatchObject({ starts: 0, isFixedPoint: false })
    expect(contentsOf(state)).toEqual(before)
  })

  test.each(held)('a replica that is %s is not moved, nor is its node emptied', (_words, trait) => {
    const problem = coresOn({ a: [1, 0.5], b: [6] }, { b: { releasable: false } })
    const [first, ...others] = problem.replicas
    if (first === undefined) throw new Error('a cluster without replicas')
    const state = openState({ ...problem, replicas: [{ ...first, ...trait }, ...others] })
    const before = contentsOf(state)
    // Repacking is not bound to a node: it may take the others along.
    if (repacking.includes(name)) {
      policy.run(state, unlimited)
      expect(state.stays[0]).toBe(trait.state === 'draining' ? 0 : 1)
    } else {
      expect(policy.run(state, unlimited).starts).toBe(0)
      expect(contentsOf(state)).toEqual(before)
    }
  })

  test('it refuses what it cannot do', () => {
    const problem = coresOn({ a: [1], b: [6] })
    const refusal = (replicas: typeof problem.replicas, wanted?: number) => {
      const deployments = problem.deployments.map((each) => ({
        ...each,
        ...(wanted === undefined ? {} : { replicas: wanted })
      }))
      return policy.refuses(openState({ ...problem, deployments, replicas }).instance)
    }
    const isAble = repacking.includes(name)
    expect(refusal(problem.replicas)).toBeNull()
    const pending = [...problem.replicas, { id: 'p', deployment: '1', node: null }]
    expect(refusal(pending)).toBe(isAble ? null : 'places no pending replicas')
    expect(refusal(problem.replicas, 2)).toBe(isAble ? null : 'places no pending replicas')
    expect(refusal(problem.replicas, 0)).toBe(isAble ? null : 'stops no surplus replicas')
  })
})
