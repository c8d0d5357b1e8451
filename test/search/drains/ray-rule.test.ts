import { describe, expect, it } from 'vitest'
import { verifyResult } from '../../../models/checker/verify-result.js'
import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem } from '../../../models/contract/problem.js'
import { compact } from '../../../src/compact.js'
import { readFixture } from '../../compact/planned.js'
import { outcomeOf, startOf } from './every-sequence.js'
import { type DeviceWorld, execute } from './executable.js'
import { randomDrains } from './random-drains.js'
import { replay } from './replay.js'
import { compactOnce } from './serve-model.js'

/** What Ray's own compaction comes to, as far as it can be executed: one node after the other, until there is none. */
function compactAsRay(problem: Problem): DeviceWorld {
  let world = startOf(problem)
  for (let next = compactOnce(world, execute); next !== null; next = compactOnce(world, execute)) world = next
  return world
}

describe("Ray's own rule", () => {
  it.each(Array.from({ length: 25 }, (_, seed) => seed + 1001))('is the first plan, seed %i', async (seed) => {
    const problem = parseProblem({ ...randomDrains(seed), rules: [], budget: {}, migration: {} })
    const ray = outcomeOf(compactAsRay(problem))
    const result = await compact(problem, { executableOn: 'ray', solver: 'greedy', workLimit: 5_000 })
    const first = result.solve.searches?.find(({ name }) => name === 'ray-rule')
    expect(first?.bestCostPerHour).toBeCloseTo(ray.costPerHour, 6)
    expect(result.objective?.costPerHour).toBeLessThanOrEqual(ray.costPerHour + 1e-9)
  })

  it.each(['openb/openb-slice-30', 'openb/openb-slice-120', 'dense/dense-25-1', 'synthetic/synthetic-50-1'])(
    'is never better, %s',
    async (name) => {
      const { budget: _, ...problem } = parseProblem(readFixture(name))
      const unlimited = parseProblem(problem)
      const result = await compact(unlimited, { executableOn: 'ray', solver: 'greedy', workLimit: 300 })
      expect(verifyResult(unlimited, result)).toEqual([])
      expect(replay(unlimited, result)).toEqual([])
      const devices = new Map(result.assumedDevices.map(({ replica, devices }) => [replica, devices]))
      const replicas = unlimited.replicas.map((replica) => ({
        ...replica,
        devices: replica.devices ?? devices.get(replica.id) ?? {}
      }))
      const ray = outcomeOf(compactAsRay({ ...unlimited, replicas }))
      const first = result.solve.searches?.find(({ name }) => name === 'ray-rule')
      expect(first?.bestCostPerHour).toBeCloseTo(ray.costPerHour, 6)
      expect(result.objective?.costPerHour).toBeLessThanOrEqual(ray.costPerHour + 1e-6)
    }
  )
})
