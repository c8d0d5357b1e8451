import { describe, expect, test } from 'vitest'
import { brokenRules } from '../../models/checker/broken-rules.js'
import { parseProblem } from '../../models/contract/parse.js'
import { type Journal, memoryJournal } from '../../src/execution/journal.js'
import { simulatedCluster } from '../../src/simulation/live-cluster.js'
import { type Death, mortal } from './mortal.js'
import { describeCluster, greedily, smallFleet, tryController } from './small-fleet.js'

/** Long enough for a plan, a stuck copy to be given up, cool-downs, and plans for what is left. */
const LONG_S = 3 * 3600
const policy = { intervalSeconds: 600 }

/** A controller that dies, and another one after it. */
async function liveTwice(death: Death | null, journal?: Journal, failureRate = 0) {
  const cluster = simulatedCluster(smallFleet(), { failureRate })
  const { clock } = cluster
  const kept = journal === undefined ? {} : { journal }
  const first = mortal(
    { read: cluster.read, driver: cluster.driver, clock, compact: greedily(cluster), ...kept },
    death
  )
  const early = tryController({ cluster, parts: first.parts, policy })
  const awaited = await clock.run(async () => {
    const end = new AbortController()
    clock.after(LONG_S * 1000, () => end.abort())
    await Promise.race([early.controller.run(end.signal), first.died])
    return first.count()
  })
  if (death === null) return { awaited, cluster, second: early }
  await clock.run(() => clock.sleep(5_000))
  const second = tryController({ cluster, parts: kept, policy })
  await second.runFor(LONG_S)
  return { awaited, cluster, second }
}

const { awaited } = await liveTwice(null, memoryJournal())
const undisturbed = await liveTwice(null)

async function expectRest({ cluster, second }: Awaited<ReturnType<typeof liveTwice>>) {
  const { hosts, unrest } = await describeCluster(cluster)
  expect(unrest).toEqual([])
  const problem = parseProblem((await cluster.read()).problem)
  const placed = problem.replicas.map(({ deployment, node }) => ({ deployment, node: node ?? '' }))
  expect(brokenRules(problem, placed)).toEqual([])
  expect(second.controller.state().lastRound?.outcome).toBe('nothing-better')
  return hosts
}

test('undisturbed it ends with two full nodes', async () => {
  expect(awaited).toBeGreaterThan(100)
  expect(Object.keys(await expectRest(undisturbed))).toEqual(['n1', 'n2'])
})

describe.each(['before', 'after'] as const)('a controller that dies just %s something it awaits', (when) => {
  // What comes after the execution is idling.
  const moments = Array.from({ length: Math.min(awaited, 140) }, (_, at) => at).filter(
    (at) => at % 2 === Number(when === 'after')
  )

  test('is gone on with by the next, which ends the same plan', async () => {
    for (const at of moments) {
      const journal = memoryJournal()
      const outcome = await liveTwice({ at, when }, journal)
      expect(Object.keys(await expectRest(outcome)), `dies ${when} ${at}`).toEqual(['n1', 'n2'])
      const plans = (await journal.read()).filter(({ kind }) => kind === 'plan')
      const ends = (await journal.read()).filter(({ kind }) => kind === 'finish')
      expect(ends.length, `dies ${when} ${at}`).toBe(plans.length)
    }
  })

  test('without a journal is followed by one that cleans up and ends as legally, no dearer than it began', async () => {
    for (const at of moments) {
      const outcome = await liveTwice({ at, when })
      expect(Object.keys(await expectRest(outcome)).length, `dies ${when} ${at}`).toBeLessThanOrEqual(3)
    }
  })
})
