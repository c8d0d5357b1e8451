import { expect, test } from 'vitest'
import { execute } from '../../../src/execution/execute.js'
import { type Journal, memoryJournal } from '../../../src/execution/journal.js'
import { makeDice } from '../api-server/dice.js'
import type { Workload } from '../api-server/objects/objects.js'
import { carryOut, type DrivenWorld, driverFor, watchReady, whereRuns } from './driven-world.js'
import { type SmallMove, smallMove } from './small-move.js'

/** The numbers of replicas that were ever wanted, in turn. */
function watchReplicas(world: DrivenWorld): number[] {
  const seen: number[] = []
  world.store.subscribe(({ resource, object }) => {
    const { replicas = 1 } = (object as Workload).spec
    if (resource === 'deployments' && seen.at(-1) !== replicas) seen.push(replicas)
  })
  return seen
}

function expectMoved(world: DrivenWorld): void {
  expect(whereRuns(world, 'web')).toEqual(['n2', 'n3'])
  expect(world.workload('web').spec.replicas).toBe(2)
  expect(world.workload('web').metadata.annotations ?? {}).toEqual({})
}

/** Crashes after so many entries of the journal; null when the plan has ended by then. */
async function crashAfter({ world, problem, result }: SmallMove, count: number): Promise<Journal | null> {
  const kept = memoryJournal()
  const crash = new AbortController()
  let written = 0
  const journal: Journal = {
    read: () => kept.read(),
    append: async (entry) => {
      await kept.append(entry)
      if (++written === count) crash.abort()
    }
  }
  const options = { clock: world.clock, journal, abandon: crash.signal }
  const report = await world.clock.run(execute(result, driverFor(world, problem), options))
  return report.outcome === 'abandoned' ? kept : null
}

test('a crash after any entry of the journal: nothing is scaled twice, and the move ends as without', async () => {
  let crashes = 0
  for (let count = 1; ; count++) {
    const small = await smallMove()
    const { world, problem, result } = small
    const { shortages } = watchReady(world, { web: 2 })
    const replicas = watchReplicas(world)
    const journal = await crashAfter(small, count)
    if (journal !== null) {
      // Every other time the cluster goes on while nobody looks.
      if (count % 2 === 0) await world.clock.run(world.clock.sleep(40_000))
      const report = await carryOut(world, problem, result, { journal })
      expect({ count, outcome: report.outcome }).toEqual({ count, outcome: 'completed' })
      crashes++
    }
    expect({ count, replicas }).toEqual({ count, replicas: [3, 2] })
    expect({ count, shortages }).toEqual({ count, shortages: [] })
    expectMoved(world)
    await world.close()
    if (journal === null) break
  }
  expect(crashes).toBeGreaterThan(15)
})

test('answers that are lost on their way, one after another, change nothing', async () => {
  let lost = 0
  for (let number = 1; ; number++) {
    const { world, problem, result } = await smallMove()
    const replicas = watchReplicas(world)
    let writes = 0
    world.server.mishap = ({ method }) => (method !== 'GET' && ++writes === number ? 'cut-after' : undefined)
    const report = await carryOut(world, problem, result)
    expect({ number, outcome: report.outcome, replicas }).toEqual({ number, outcome: 'completed', replicas: [3, 2] })
    expectMoved(world)
    await world.close()
    if (writes < number) break
    lost++
  }
  expect(lost).toBeGreaterThan(5)
})

test('a server that fails now and then, and conflicts with other writers, are borne', async () => {
  const { world, problem, result } = await smallMove()
  const dice = makeDice(1)
  let bad = 0
  const trouble = (answer: { code: number; body: object } | 'cut') => {
    bad++
    return answer
  }
  world.server.mishap = ({ method, path }) => {
    const drawn = dice()
    if (drawn < 0.15) return trouble({ code: 503, body: { message: 'not now' } })
    if (drawn < 0.25) return trouble('cut')
    const isWrite = method === 'PATCH' && path.includes('/deployments/')
    return isWrite && drawn < 0.6 ? trouble({ code: 409, body: { message: 'another version' } }) : undefined
  }
  const report = await carryOut(world, problem, result, { retries: 5 })
  expect(report.outcome).toBe('completed')
  expect(bad).toBeGreaterThan(10)
  expectMoved(world)
  await world.close()
})

test('what an execution has left that nobody went on with is tidied up', async () => {
  const small = await smallMove()
  const { world, problem } = small
  // Cordon, observe, start and ready have begun by then.
  await crashAfter(small, 8)
  await world.clock.run(world.clock.sleep(20_000))
  expect(world.workload('web').spec.replicas).toBe(3)
  const { shortages } = watchReady(world, { web: 2 })
  const tidied = await world.clock.run(driverFor(world, problem).tidy())
  expect(tidied).toMatchObject([{ deployment: 'default/deployment/web', node: 'n2', outcome: 'taken-back' }])
  expect(whereRuns(world, 'web')).toEqual(['n1', 'n3'])
  expect(world.workload('web')).toMatchObject({ spec: { replicas: 2 } })
  expect(world.workload('web').metadata.annotations ?? {}).toEqual({})
  expect(shortages).toEqual([])
  expect(await world.clock.run(driverFor(world, problem).tidy())).toEqual([])
  await world.close()
})
