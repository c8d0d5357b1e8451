import { beforeAll, describe, expect, test } from 'vitest'
import { makeFleet } from '../../../benchmarks/day/fleet.mjs'
import { listMachines } from '../../../benchmarks/day/machines.mjs'
import { models } from '../../../benchmarks/day/models.mjs'
import { ControllerMover } from '../../../benchmarks/day/movers/controller.mjs'
import { movers } from '../../../benchmarks/day/movers/movers.mjs'
import { type DayOutcome, runDay } from '../../../benchmarks/day/run-day.mjs'
import { ServingWatcher } from '../../../benchmarks/day/serving-watcher.mjs'
import { drawArrivals } from '../../../benchmarks/day/traffic.mjs'

const SEED = 3
const SECONDS = 2 * 3600
const few = models.filter(({ name }) => ['rerank', 'chat-3b', 'chat-14b', 'chat-32b', 'chat-70b'].includes(name))
const services = makeFleet(SEED, { models: few, scale: 0.5 })
const arrivals = drawArrivals(services, SECONDS, SEED)
const day = { services, machines: listMachines(), arrivals, seconds: SECONDS, seed: SEED }

/** Less thorough than on the whole day: this cluster is small. */
const WORK_LIMIT = 60

async function live(name: string): Promise<{ outcome: DayOutcome; watcher: ServingWatcher }> {
  const mover = movers.find((candidate) => candidate.name === name)
  if (mover === undefined) throw new Error(`nobody is called ${name}`)
  const watcher = new ServingWatcher()
  const outcome = await runDay(
    day,
    (cluster) =>
      name === 'replica-compactor'
        ? new ControllerMover(cluster, SEED, { planning: { workLimit: WORK_LIMIT } })
        : mover.make(cluster, SEED),
    (event) => watcher.watch(event)
  )
  return { outcome, watcher }
}

describe('some hours of a small serving cluster', () => {
  let nobody: Awaited<ReturnType<typeof live>>
  let ours: Awaited<ReturnType<typeof live>>

  beforeAll(async () => {
    nobody = await live('no compaction')
    ours = await live('replica-compactor')
  })

  test('the controller makes them cheaper', () => {
    expect(ours.outcome.moves).toBeGreaterThan(3)
    expect(ours.outcome.released).toBeGreaterThan(0)
    expect(ours.outcome.dollars).toBeLessThan(nobody.outcome.dollars)
  })

  test('nothing breaks a limit at any moment, whatever the autoscalers do meanwhile', () => {
    expect(nobody.watcher).toMatchObject({ faults: [], gaps: 0 })
    expect(ours.watcher).toMatchObject({ faults: [], gaps: 0 })
    expect(ours.watcher.events).toBeGreaterThan(100)
  })

  test('no request is lost through its moves, and everybody asks as often', () => {
    expect(ours.outcome).toMatchObject({ lostThroughMoves: 0, cutByMoves: 0 })
    expect(ours.outcome.requests).toBe(nobody.outcome.requests)
    expect(nobody.outcome).toMatchObject({ moves: 0, released: 0, lateThroughMoves: 0, lostThroughMoves: 0 })
  })

  test('plans are carried out while replicas come and go, and no part of the controller fails', () => {
    const { account } = ours.outcome
    expect(account['executed completed']).toBeGreaterThan(0)
    expect(Object.keys(account).filter((name) => name.startsWith('failed'))).toEqual([])
  })

  test('the same seed gives the same day', async () => {
    const again = await live('replica-compactor')
    expect(again.outcome).toEqual(ours.outcome)
  })

  test.each(['ray, at once', 'karpenter'])('%s keeps to the limits of nodes', async (name) => {
    const { outcome, watcher } = await live(name)
    expect(outcome.moves).toBeGreaterThan(0)
    expect(watcher.faults).toEqual([])
    // Eviction ends one copy before the next one begins.
    if (name === 'karpenter') expect(watcher.gaps).toBeGreaterThan(0)
    else expect(watcher.gaps).toBe(0)
  })
})
