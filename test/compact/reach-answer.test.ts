import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { compileInstance } from '../../models/instance/compile.js'
import { Budget } from '../../src/budget.js'
import { resolveOptions } from '../../src/options.js'
import { Profile } from '../../src/profile.js'
import { reachAnswer } from '../../src/reach-answer.js'
import { Incumbents } from '../../src/search/incumbents.js'
import { startStopwatch } from '../../src/stopwatch.js'
import { moved } from './moved.js'
import { node, running } from './planned.js'

const demands = { six: 6, three: 3, five: 5, four: 4, spare: 2, chained: 4, next: 4, single: 1 }

/**
 * Three things might be done, each for itself. The most saves an exchange, after which `spare` fits and its node is empty: nobody can
 * begin it. Less saves a chain, in which one moves on before the next comes. The least saves a single move, which needs no order.
 */
const instance = compileInstance(
  parseProblem({
    schemaVersion: 1,
    nodes: [
      ...['left', 'right'].map((id) => node(id, { capacity: { cpu: 10 } })),
      ...[node('dear', { capacity: { cpu: 2 }, costPerHour: 10 }), node('middling', { costPerHour: 5 })],
      ...[node('full'), node('roomy'), node('cheap', { costPerHour: 2 }), node('host')]
    ],
    deployments: Object.entries(demands).map(([id, cpu]) => ({ id, demand: { cpu } })),
    replicas: [
      ...[...running('six', 'left'), ...running('three', 'left')],
      ...[...running('five', 'right'), ...running('four', 'right'), ...running('spare', 'dear')],
      ...[...running('chained', 'middling'), ...running('next', 'full'), ...running('single', 'cheap')]
    ],
    migration: { rungs: ['reorder', 'cut'] }
  })
)
const startCost = 20
/** What each of them comes to. */
const [singleCost, chainCost] = [19, 16]
const single = { 'single-0': 'host' }
const chain = { 'chained-0': 'full', 'next-0': 'roomy' }
const exchange = { 'three-0': 'right', 'four-0': 'left', 'spare-0': 'right' }

/** What is reached of placements that are found one after the other, each better than the one before, and how many are tried. */
async function reach(found: readonly Readonly<Record<string, string>>[], limitMs = 60_000) {
  const incumbents = new Incumbents(instance, startStopwatch(Infinity))
  for (const homes of found) expect(incumbents.offer(moved(instance, homes), 'greedy')).toBe(true)
  const budget = Budget.ofTime(startStopwatch(limitMs))
  const tried: string[] = []
  const run = {
    ...{ signal: new AbortController().signal, interrupted: false, report: () => {}, throwIfAborted: () => {} },
    enter: (phase: string) => {
      if (phase === 'sequence') tried.push(phase)
    }
  }
  const about = {
    ...{ fingerprint: `sha256:${'0'.repeat(64)}`, seed: 1, solver: 'none', notes: [], relativeGap: 0, moveBound: 0 },
    ...{ interrupted: false, budget }
  }
  const options = { ...resolveOptions({}), solvers: null, budget, about, timer: new Profile() }
  const reached = await reachAnswer(incumbents, run, options)
  return { result: reached?.result, cost: reached?.result.objective?.costPerHour, tries: tried.length }
}

test('the best that is found is the answer where it is reached, and nothing else is tried', async () => {
  expect(await reach([single, chain])).toMatchObject({ cost: chainCost, tries: 1 })
})

test('what needs no order does not end the search for what was promised: what lies between is tried, too', async () => {
  const { result, cost, tries } = await reach([single, chain, exchange])
  expect({ cost, tries }).toEqual({ cost: chainCost, tries: 3 })
  expect(result?.plan.status).toBe('complete')
  expect(result?.explanation.notes?.join()).toContain('a placement for 10 per hour could not be reached safely')
})

test('what promises no more than what was reached of the best is not tried', async () => {
  expect(await reach([single, chain, { ...single, ...chain }, { ...single, ...chain, ...exchange }])).toMatchObject({
    cost: chainCost + singleCost - startCost,
    tries: 1
  })
})

test('when the time is over, what was reached is the answer', async () => {
  expect(await reach([single, chain, exchange], 0)).toMatchObject({ cost: startCost, tries: 1 })
})
