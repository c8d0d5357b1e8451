import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexCluster } from '../../../models/checker/cluster.js'
import { countersOf } from '../../../models/checker/counters.js'
import { readPlacement } from '../../../models/checker/placed-copies.js'
import { readCopies } from '../../../models/checker/planned-copies.js'
import { readSteps } from '../../../models/checker/planned-steps.js'
import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { describeCluster } from '../../../src/report/cluster/describe-cluster.js'
import type { NodeLoad } from '../../../src/report/cluster/node-load.js'
import { openPlayback, type Playback } from '../../../src/report/cluster/playback.js'
import { FIXTURES, planFixture } from './fixture-results.js'

/** What is used of every resource and device, by what the checker calls it. */
function levelsOf(playback: Playback): Map<string, number> {
  const levels = new Map<string, number>()
  for (const id of playback.nodes) {
    for (const { resource, used, devices } of playback.node(id)?.resources ?? []) {
      if (used > 0) levels.set(`${resource} on ${id}`, used)
      for (const { index, used: held } of devices ?? [])
        if (held > 0) levels.set(`device ${index} of ${resource} on ${id}`, held)
    }
  }
  return levels
}

/** The same by the counters of the checker, after so many steps of the list. */
function checkedLevels(problem: Problem, result: Result) {
  const cluster = indexCluster(problem, result.newNodes, () => {})
  const placed = readPlacement(cluster, result.placement, () => {})
  const named = new Map([...placed.values()].map(({ replica, deployment }) => [replica, deployment.id]))
  const planned = readSteps(cluster, result.plan, named, () => {})
  if (planned === undefined) throw new Error('the plan makes no sense')
  const counters = countersOf(
    cluster,
    readCopies(cluster, result, planned, () => {})
  ).filter(({ code }) => ['capacity', 'devices'].includes(code))
  return (steps: number) => {
    const levels = new Map<string, number>()
    for (const { subject, initial, changes } of counters) {
      let level = initial
      for (const [event, change] of changes) if (event < 2 * steps) level += change
      if (Math.abs(level) > 1e-9) levels.set(subject, level)
    }
    return levels
  }
}

function expectSame(found: Map<string, number>, expected: Map<string, number>): void {
  expect([...found.keys()].sort()).toEqual([...expected.keys()].sort())
  for (const [subject, level] of expected) expect(found.get(subject), subject).toBeCloseTo(level, 6)
}

const bare = ({ resources }: NodeLoad) =>
  resources.map(({ resource, used, devices }) => ({
    resource,
    used: used.toPrecision(9),
    devices: devices?.map(({ holdings }) => holdings.map(({ copy, share }) => `${copy.replica} ${share}`).sort())
  }))

describe.each(FIXTURES)('%s', async (name) => {
  const [problem, result] = await planFixture(name)
  const { steps } = result.plan

  test('every moment of the list is what the checker replays', () => {
    const checked = checkedLevels(problem, result)
    const playback = openPlayback(problem, result)
    const wanted = steps.length <= 60 ? steps.map((_, index) => index) : [1, 2, 3, 5, 8, 50, steps.length >> 1]
    for (const step of [0, ...wanted, steps.length]) {
      playback.at(step)
      expectSame(levelsOf(playback), checked(step))
    }
  })

  test('begins as the Problem says and ends in the placement', () => {
    const playback = openPlayback(problem, result)
    const { nodes } = describeCluster(problem, result)
    const compare = (side: 'before' | 'after') => {
      for (const described of nodes) {
        const load = described[side]
        const shown = playback.node(described.id)
        if (load === undefined) {
          expect(shown?.copies).toEqual([])
          continue
        }
        const held = load.copies.filter(({ phase }) => phase !== 'room')
        if (held.length === load.copies.length && shown !== undefined) expect(bare(shown)).toEqual(bare(load))
      }
    }
    const outset = playback.at(0)
    compare('before')
    expect(outset.costPerHour).toBeCloseTo(result.initial.costPerHour, 6)
    expect(outset.listedCostPerHour).toBeCloseTo(result.initial.listedCostPerHour, 6)
    const end = playback.at(steps.length)
    compare('after')
    expect(end.costPerHour).toBeCloseTo(result.objective?.costPerHour ?? 0, 6)
    expect(end.migrations.inFlight).toBe(0)
    expect(end.migrations.done).toBe(end.migrations.total)
    expect(end.migrations.total).toBeGreaterThanOrEqual(result.objective?.migrations ?? 0)
    const gone = nodes.filter(({ id }) => playback.node(id)?.presence === 'released')
    expect(gone.map(({ id }) => id).sort()).toEqual([...result.releasedNodes].sort())
  })

  test('there and back is where it was, and what changed is told', () => {
    const playback = openPlayback(problem, result)
    const snapshot = () => new Map(playback.nodes.map((id) => [id, JSON.stringify(playback.node(id))]))
    const anyMoment = fc.nat({ max: steps.length })
    fc.assert(
      fc.property(anyMoment, anyMoment, (one, other) => {
        const from = { ...playback.at(one), changed: [] }
        const before = snapshot()
        const { changed } = playback.at(other)
        const there = snapshot()
        const told = new Set(changed)
        for (const [id, text] of there) if (before.get(id) !== text) expect(told.has(id)).toBe(true)
        expect({ ...playback.at(one), changed: [] }).toEqual(from)
        expect(snapshot()).toEqual(before)
      }),
      { seed: 8, numRuns: 12 }
    )
  })

  test('by the schedule no more is in flight than the limits allow', () => {
    const playback = openPlayback(problem, result)
    const most = problem.migration.limits.inFlight ?? Number.POSITIVE_INFINITY
    const moments = [...new Set(steps.flatMap(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]))]
    for (const seconds of moments.sort((one, other) => one - other)) {
      const { migrations, underWay } = playback.atSeconds(seconds)
      expect(migrations.inFlight).toBeLessThanOrEqual(most)
      const running = steps.filter(({ startSeconds, endSeconds }) => startSeconds <= seconds && seconds < endSeconds)
      expect(underWay).toBe(running.length)
    }
    const { costPerHour, migrations } = playback.atSeconds(playback.seconds)
    expect(costPerHour).toBeCloseTo(result.objective?.costPerHour ?? 0, 6)
    expect(migrations.done).toBe(migrations.total)
  })
})

test('one step changes its nodes and no others', async () => {
  const [problem, result] = await planFixture('openb/openb-slice-120.problem.json')
  const playback = openPlayback(problem, result)
  expect(playback.at(0).changed).toEqual([])
  for (const [index, step] of result.plan.steps.entries()) {
    const { changed, done, sentence } = playback.at(index + 1)
    const own = step.action === 'shift' ? [] : [step.node]
    expect(own).toEqual(expect.arrayContaining([...changed]))
    expect(done).toBe(index + 1)
    expect(sentence).toContain('replica' in step ? step.replica : step.node)
  }
})

test('whatever the steps and their times, it goes there and back', async () => {
  const [problem, result] = await planFixture('quickstart.problem.yaml')
  const { steps } = result.plan
  const anyTime = fc.integer({ min: 0, max: 5 })
  const anySteps = fc.shuffledSubarray(steps, { minLength: 1 }).chain((chosen) =>
    fc.array(fc.tuple(anyTime, anyTime), { minLength: chosen.length, maxLength: chosen.length }).map((times) =>
      chosen.map((step, index) => {
        const [startSeconds, duration] = times[index] ?? [0, 0]
        return { ...step, startSeconds, endSeconds: startSeconds + duration }
      })
    )
  )
  fc.assert(
    fc.property(anySteps, fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 40 })), { maxLength: 6 }), (mixed, moves) => {
      const playback = openPlayback(problem, { ...result, plan: { ...result.plan, steps: mixed } })
      const snapshot = () => JSON.stringify(playback.nodes.map((id) => playback.node(id)))
      const outset = snapshot()
      for (const [isStep, moment] of moves) {
        const { costPerHour, migrations } = isStep ? playback.at(moment) : playback.atSeconds(moment)
        expect(costPerHour).toBeGreaterThanOrEqual(0)
        expect(migrations.inFlight).toBeGreaterThanOrEqual(0)
      }
      playback.at(0)
      expect(snapshot() === outset).toBe(true)
    }),
    { seed: 2, numRuns: 200 }
  )
})
