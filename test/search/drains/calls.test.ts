import { describe, expect, it } from 'vitest'
import { InputError, parseProblem } from '../../../models/contract/parse.js'
import { compact } from '../../../src/compact.js'
import type { CompactOptions } from '../../../src/options.js'
import { simulate } from '../../../src/simulation/simulate.js'
import { node, planned, readFixture, running } from '../../compact/planned.js'
import { randomDrains } from '../../search/drains/random-drains.js'

const slice = readFixture('openb/openb-slice-120')
const told = async (options: CompactOptions) => {
  const { solve, ...result } = await compact(slice, { ...options, executableOn: 'ray' })
  const { seconds: _, incumbents, searches, ...rest } = solve
  const found = incumbents.map(({ costPerHour, producer }) => [costPerHour, producer])
  return { ...result, ...rest, found, searches: searches?.map(({ name, bound }) => [name, bound]) }
}

describe('a call for plans that Ray can execute', () => {
  it('gives the same for the same seed under a work limit, with any number of threads', async () => {
    const first = await told({ workLimit: 400, seed: 7, threads: 1 })
    expect(await told({ workLimit: 400, seed: 7, threads: 2 })).toEqual(first)
  })

  it('returns what it has when it is interrupted, and nothing when it is aborted', async () => {
    const run = compact(slice, { executableOn: 'ray', timeLimitMs: 60_000 })
    let found = 0
    for await (const { objective } of run) {
      found = objective.costPerHour
      if (objective.migrations > 0) run.interrupt()
    }
    const result = await run
    expect(result.termination).toBe('interrupted')
    expect(result.objective?.costPerHour).toBeCloseTo(found, 6)
    const aborted = compact(slice, { executableOn: 'ray', signal: AbortSignal.abort(new Error('enough')) })
    await expect(aborted).rejects.toThrow('enough')
  })

  it('knows Ray and nothing else', async () => {
    await expect(compact(slice, { executableOn: 'nomad' as 'ray' })).rejects.toThrow(InputError)
  })

  it('proves its bound with a certificate of the Problem itself', async () => {
    const cluster = {
      nodes: ['a', 'b', 'c', 'd'].map((id) => node(id)),
      deployments: [{ id: 'd', demand: { cpu: 1 } }],
      replicas: running('d', 'a', 'b', 'c', 'd')
    }
    const { result } = await planned(cluster, { executableOn: 'ray', certificate: true })
    expect(result.objective?.costPerHour).toBe(1)
    expect(result.termination).toBe('optimal')
  })

  it('ends within the deadline of the migration, with as many drains as fit', async () => {
    const cluster = (deadlineSeconds: number | null) => ({
      nodes: [...['a', 'b', 'c'].map((id) => node(id)), node('large', { capacity: { cpu: 40 }, costPerHour: 9 })],
      deployments: [{ id: 'd', demand: { cpu: 3 }, startupSeconds: 60, drainSeconds: 30 }],
      replicas: running('d', 'a', 'b', 'c', 'large'),
      migration: { deadlineSeconds }
    })
    expect((await planned(cluster(null), { executableOn: 'ray' })).result.plan.makespanSeconds).toBe(270)
    const { result } = await planned(cluster(200), { executableOn: 'ray' })
    expect(result.plan).toMatchObject({ status: 'partial', makespanSeconds: 180 })
    expect(result.releasedNodes).toHaveLength(2)
    const late = result.explanation.nodes?.filter(({ limits }) => limits?.includes('migration.deadlineSeconds'))
    expect(late).toHaveLength(1)
  })

  it('obeys the gate with a part of the drains where all of them do not pass', async () => {
    const cluster = {
      nodes: [
        node('cheap', { costPerHour: 0.1 }),
        node('dear', { costPerHour: 5 }),
        node('large', { capacity: { cpu: 40 } })
      ],
      deployments: [{ id: 'd', demand: { cpu: 1 } }],
      replicas: running('d', 'cheap', 'cheap', 'cheap', 'dear', 'large'),
      gate: { minSavingPerMove: 2 }
    }
    const { result } = await planned(cluster, { executableOn: 'ray' })
    expect(result.releasedNodes).toEqual(['dear'])
    expect(result.explanation.notes?.join()).toContain('the gate forbids')
  })

  it('gives plans that a simulated cluster carries out', async () => {
    for (let seed = 4001; seed <= 4020; seed++) {
      const problem = parseProblem(randomDrains(seed))
      const result = await compact(problem, { executableOn: 'ray', solver: 'greedy', workLimit: 1_000 })
      const { violations } = await simulate(problem, result, { seed })
      expect(violations).toEqual([])
    }
  })
})
