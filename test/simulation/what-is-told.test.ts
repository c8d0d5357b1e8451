import { expect, test } from 'vitest'
import { simulate } from '../../src/simulation/simulate.js'
import { sampleProblem, sampleResult } from '../cli/sample-result.js'
import { randomPlans } from './random-plans.js'

async function stories(options: object, count: number) {
  const all = []
  for (let seed = 1; seed <= count; seed++)
    all.push(await simulate(sampleProblem(), sampleResult(), { ...options, seed }))
  return all
}

test('why and when an executor halts is told once, where it happened, crashes or none', async () => {
  let [halts, refusals] = [0, 0]
  for (const { seed, problem, result } of randomPlans(70_000, 80)) {
    const { events, execution } = await simulate(problem, result, { driftRate: 1, crashRate: 0.2, seed })
    const told = events.flatMap((event) => (event.kind === 'executor-halted' ? [event] : []))
    const { halt } = execution
    expect(told.map(({ reason, message }) => ({ reason, message }))).toEqual(
      halt === null ? [] : [{ reason: halt.reason, message: halt.message }]
    )
    const times = events.map(({ atSeconds }) => atSeconds)
    expect(times).toEqual([...times].sort((left, right) => left - right))
    halts += told.length
    const [halted] = told
    if (events.some((event) => event.kind === 'change-observed' && event.message === halted?.message)) {
      const before = events.slice(
        0,
        events.findIndex(({ kind }) => kind === 'executor-halted')
      )
      expect(before.some((event) => event.kind === 'change-observed' && event.message === halted?.message)).toBe(true)
    }
    const stepOf = new Map(execution.steps.map((step) => [step.id, step]))
    for (const event of events) {
      if (event.kind !== 'change-observed') continue
      refusals++
      expect(stepOf.get(event.step)).toMatchObject({ fault: 'changed', message: event.message })
    }
  }
  expect(halts).toBeGreaterThan(10)
  expect(refusals).toBeGreaterThan(5)
})

test('amounts in what is told have no rounding in them', async () => {
  let amounts = 0
  for (const { seed, problem, result } of randomPlans(70_000, 80)) {
    const { events } = await simulate(problem, result, { driftRate: 1, seed })
    for (const event of events) {
      if (!('message' in event)) continue
      if (/\d\.\d/.test(event.message)) amounts++
      expect(event.message).not.toMatch(/\d{10}/)
    }
  }
  expect(amounts).toBeGreaterThan(5)
})

test('a node that dies says whose copies were on it', async () => {
  const deaths = (await stories({ nodeDeathRate: 1 }, 20)).flatMap(({ events }) =>
    events.flatMap((event) => (event.kind === 'node-died' ? [event] : []))
  )
  const on = (node: string) =>
    new Set(deaths.filter((death) => death.node === node).flatMap(({ replicas }) => replicas))
  expect(on('small')).toContain('chat-1')
  expect(on('idle')).toEqual(new Set())
})
