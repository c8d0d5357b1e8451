import { expect, test } from 'vitest'
import { verifyPlan } from '../../models/checker/verify-plan.js'
import { runSimulation } from '../../src/simulation/run-simulation.js'
import { simulate } from '../../src/simulation/simulate.js'
import { sampleProblem, sampleResult } from '../cli/sample-result.js'
import { CALM, randomPlans } from './random-plans.js'

const EVERYTHING = { failureRate: 0.3, nodeDeathRate: 0.2, driftRate: 0.3, crashRate: 0.2 }

test('the same seed tells the same story, whatever happens in it', async () => {
  const [problem, result] = [sampleProblem(), sampleResult()]
  const stories = new Set<string>()
  for (let seed = 1; seed <= 20; seed++) {
    const [one, same] = await Promise.all([1, 2].map(() => simulate(problem, result, { ...EVERYTHING, seed })))
    expect(same).toEqual(one)
    expect(JSON.parse(JSON.stringify(one))).toEqual(one)
    stories.add(JSON.stringify(one?.events))
  }
  expect(stories.size).toBe(20)
})

test('a timeline says how each step was planned and how it went', async () => {
  const { steps, seconds, plannedSeconds, placement } = await simulate(sampleProblem(), sampleResult(), { jitter: 0 })
  expect(steps.map(({ id }) => id)).toEqual(['s1', 's2', 's3', 's4', 's5', 's6', 's7'])
  expect(steps[2]).toMatchObject({
    action: 'start',
    replica: 'chat-0',
    node: 'small',
    plannedEndSeconds: 60,
    attempts: 1,
    state: 'done'
  })
  expect((steps[2]?.endSeconds ?? 0) - (steps[2]?.startSeconds ?? 0)).toBeCloseTo(60, 1)
  expect(seconds).toBeGreaterThan(plannedSeconds)
  expect(seconds).toBeLessThan(plannedSeconds + 10)
  expect(placement).toEqual(sampleResult().placement)
})

test('plans whose steps wait for nothing are caught', async () => {
  let [wrong, caught] = [0, 0]
  for (const { seed, problem, result } of randomPlans(50_000, 100)) {
    const steps = result.plan.steps.map((step) => ({ ...step, after: step.action === 'shift' ? step.after : [] }))
    const careless = { ...result, plan: { ...result.plan, steps } }
    if (verifyPlan(problem, careless).length === verifyPlan(problem, result).length) continue
    wrong++
    const { violations } = await runSimulation(problem, careless, { ...CALM, seed })
    if (violations.length > 0) caught++
  }
  expect(wrong).toBeGreaterThan(80)
  // Some find a cluster in which it does no harm, or are stopped by what the executor compares.
  expect(caught / wrong).toBeGreaterThan(0.9)
})

test('options that are none are named', async () => {
  const call = (options: object) => simulate(sampleProblem(), sampleResult(), options)
  await expect(call({ failureRate: 2 })).rejects.toThrow('failureRate: found 2, expected a number from 0 to 1')
  await expect(call({ crashRate: 1 })).rejects.toThrow('crashRate')
  await expect(call({ jitter: Number.NaN })).rejects.toThrow('jitter')
  await expect(call({ seed: 0.5 })).rejects.toThrow('seed')
  await expect(call({ rate: 1 })).rejects.toThrow('unknown option')
  await expect(simulate({}, sampleResult())).rejects.toThrow('problem')
})
