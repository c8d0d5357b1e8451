import { describe, expect, test } from 'vitest'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { costByMigrations } from '../../../src/report/cluster/cost-path.js'
import { courseOf } from '../../../src/report/cluster/course.js'
import { openPlayback } from '../../../src/report/cluster/playback.js'
import { asRowStep, groupSteps } from '../../../src/report/cluster/step-rows.js'
import { describeStep } from '../../../src/report/cluster/step-words.js'
import { sampleProblem, sampleResult } from '../../cli/sample-result.js'
import { FIXTURES, planFixture } from './fixture-results.js'

test('a migration of one replica, moment by moment', () => {
  const moments = courseOf(sampleProblem(), sampleResult())
  const none = { starting: 0, draining: 0, inFlight: 0, migrationsDone: 0, provisioned: 0 }
  expect(moments).toEqual([
    { ...none, seconds: 0, starting: 1, inFlight: 1, cordoned: 1, released: 1, costPerHour: 23.4 },
    { ...none, seconds: 60, draining: 1, inFlight: 1, cordoned: 1, released: 1, costPerHour: 23.4 },
    { ...none, seconds: 90, migrationsDone: 1, cordoned: 0, released: 2, costPerHour: 1.5 }
  ])
  expect(costByMigrations(sampleProblem(), sampleResult())).toEqual([
    { migrations: 0, costPerHour: 23.4, seconds: 0 },
    { migrations: 1, costPerHour: 1.5, seconds: 90 }
  ])
})

describe.each(FIXTURES)('%s', async (name) => {
  const [problem, result] = await planFixture(name)

  test('counts are those of the steps under way', () => {
    for (const { seconds, starting, draining } of courseOf(problem, result)) {
      const under = (action: string) =>
        result.plan.steps.filter(
          (step) => step.action === action && step.startSeconds <= seconds && seconds < step.endSeconds
        ).length
      expect([starting, draining]).toEqual([under('start'), under('drain')])
    }
  })

  test('the cost goes from what is paid to what will be', () => {
    const path = costByMigrations(problem, result)
    expect(path[0]).toEqual({ migrations: 0, costPerHour: result.initial.costPerHour, seconds: 0 })
    expect(path.at(-1)?.costPerHour).toBeCloseTo(result.objective?.costPerHour ?? 0, 6)
    for (const [index, point] of path.slice(1).entries()) {
      expect(point.migrations).toBeGreaterThanOrEqual(path[index]?.migrations ?? 0)
      expect(point.seconds).toBeGreaterThanOrEqual(path[index]?.seconds ?? 0)
    }
  })

  test('every step is in one row', () => {
    const rows = groupSteps(result.plan.steps.map(asRowStep))
    expect(rows.reduce((sum, { steps }) => sum + steps.length, 0)).toBe(result.plan.steps.length)
  })
})

test('a rented node is paid for from its order until it is given back', () => {
  const problem: Problem = sampleProblem({
    nodeTypes: [{ type: 'spare', capacity: { cpu: 8, gpu: 1 }, costPerHour: 2, maxNew: 1, provisionSeconds: 100 }]
  })
  const times = { after: [], startSeconds: 0, endSeconds: 0 }
  const result: Result = sampleResult({
    newNodes: [{ id: 'new-spare-1', type: 'spare', rented: true }],
    releasedNodes: [],
    plan: {
      status: 'complete',
      makespanSeconds: 300,
      steps: [
        { ...times, id: 's1', action: 'provision', node: 'new-spare-1', type: 'spare', endSeconds: 100 },
        { ...times, id: 's2', action: 'release', node: 'new-spare-1', startSeconds: 300, endSeconds: 300 }
      ]
    }
  })
  const playback = openPlayback(problem, result)
  expect([0, 50, 100, 299, 300].map((seconds) => playback.atSeconds(seconds).costPerHour)).toEqual([
    25.4, 25.4, 25.4, 25.4, 23.4
  ])
  playback.atSeconds(50)
  expect(playback.node('new-spare-1')?.presence).toBe('ordered')
  playback.atSeconds(100)
  expect(playback.node('new-spare-1')?.presence).toBe('there')
  expect(playback.at(0).costPerHour).toBe(23.4)
  expect(playback.node('new-spare-1')?.presence).toBe('awaited')
  expect(courseOf(problem, result).map(({ provisioned }) => provisioned)).toEqual([1, 1, 0])
})

test('each leg of a hop is a migration, and a replica that stops first is one, too', () => {
  const problem = sampleProblem({
    replicas: [{ id: 'chat-0', deployment: 'chat', node: 'large', devices: { gpu: [0] } }]
  })
  const plan = (steps: readonly (readonly [string, string, string?])[]): Result['plan'] => ({
    status: 'complete',
    makespanSeconds: steps.length,
    steps: steps.map(([action, node, from], index) => ({
      ...{ id: `s${index}`, action, after: [], startSeconds: index, endSeconds: index + 1, replica: 'chat-0' },
      ...(from === undefined ? { node } : { from, to: node })
    })) as Result['plan']['steps']
  })
  const hop = plan([
    ['start', 'small'],
    ['shift', 'small', 'large'],
    ['drain', 'large'],
    ['stop', 'large'],
    ['start', 'idle'],
    ['shift', 'idle', 'small'],
    ['drain', 'small'],
    ['stop', 'small']
  ])
  const flights = (given: Result['plan']) => {
    const playback = openPlayback(problem, sampleResult({ plan: given, releasedNodes: [] }))
    return [...playback.steps, null].map((_, step) => {
      const { done, inFlight } = playback.at(step).migrations
      return `${done}+${inFlight}`
    })
  }
  expect(flights(hop)).toEqual(['0+0', '0+1', '0+1', '0+1', '1+0', '1+1', '1+1', '1+1', '2+0'])
  const stopFirst = plan([
    ['drain', 'large'],
    ['stop', 'large'],
    ['start', 'small']
  ])
  expect(flights(stopFirst)).toEqual(['0+0', '0+1', '0+1', '1+0'])
})

test('steps in words', () => {
  const base = { id: 's', after: [], startSeconds: 0, endSeconds: 0 }
  expect(
    describeStep({
      ...base,
      action: 'start',
      replica: 'a-0',
      node: 'n',
      devices: { gpu: [0, 1, 2], npu: [3], tpu: [] }
    })
  ).toBe('start a-0 on n, gpu 0, 1 and 2; npu 3')
  expect(describeStep({ ...base, action: 'shift', replica: 'a-0', from: 'n', to: 'm' })).toBe(
    'shift the requests of a-0 from n to m'
  )
  expect(describeStep({ ...base, action: 'provision', node: 'n', type: 'g5' })).toBe('get n, a g5')
})
