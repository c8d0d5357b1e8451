import { expect, test } from 'vitest'
import { StepError } from '../../src/execution/driver.js'
import { ask, simulatedCluster } from './story.js'

const MOVE = [
  ['start', 'a-0', 'n2'],
  ['ready', 'a-0', 'n2'],
  ['shift', 'a-0', 'n1', 'n2'],
  ['drain', 'a-0', 'n1'],
  ['stop', 'a-0', 'n1']
] as const

test('starts and drains take the times of the Problem', async () => {
  const { clock, driver, events } = simulatedCluster({})
  await clock.run(async () => {
    for (const words of MOVE) await ask(driver, words)
  })
  const at = (kind: string) => events.find((event) => event.kind === kind)?.atSeconds ?? -1
  expect(at('copy-ready')).toBe(60)
  expect(at('drain-ended') - at('drain-began')).toBe(30)
  expect(events.map(({ kind }) => kind)).toEqual([
    'copy-started',
    'copy-ready',
    'traffic-shifted',
    'drain-began',
    'drain-ended',
    'copy-removed'
  ])
})

test('the same seed tells the same story, another one another', async () => {
  const tell = async (seed: number) => {
    const { clock, driver, events } = simulatedCluster(
      {},
      { seed, failureRate: 0.5, jitter: 0.2, nodeDeathRate: 0.3, driftRate: 0.5 }
    )
    await clock.run(async () => {
      for (let number = 0; number < 10; number++) {
        const stop = new AbortController()
        const words = ['start', 'a-0', number % 2 === 0 ? 'n2' : 'n3'] as const
        const id = `${seed}-${number}`
        await ask(driver, words, { id }).catch(() => {})
        clock.after(200_000, () => stop.abort())
        await ask(driver, ['ready', words[1], words[2]], { id, signal: stop.signal }).catch(() => {})
      }
    })
    return events.map((event) => ('by' in event ? { ...event, by: '' } : event))
  }
  expect(await tell(3)).toEqual(await tell(3))
  expect(await tell(3)).not.toEqual(await tell(4))
})

test('what comes again under its id is not done again, and answered as before', async () => {
  const { clock, driver, events } = simulatedCluster({})
  await clock.run(async () => {
    const once = { id: 'once' }
    await Promise.all([ask(driver, MOVE[0], once), ask(driver, MOVE[0], once)])
    await ask(driver, MOVE[1], once)
    await ask(driver, MOVE[0], once)
    await ask(driver, ['stop', 'a-0', 'n2'])
    await ask(driver, MOVE[0], once)
  })
  expect(events.filter(({ kind }) => kind === 'copy-started')).toHaveLength(1)
})

test('a call that is waited for no longer goes on', async () => {
  const { clock, driver, events } = simulatedCluster({})
  const stop = new AbortController()
  await clock.run(async () => {
    await ask(driver, MOVE[0], { id: 'x' })
    const waiting = ask(driver, MOVE[1], { id: 'x', signal: stop.signal })
    clock.after(1000, () => stop.abort(new Error('too long')))
    await expect(waiting).rejects.toThrow('too long')
    await ask(driver, MOVE[1], { id: 'x' })
  })
  expect(events.map(({ kind }) => kind)).toEqual(['copy-started', 'call-abandoned', 'copy-ready'])
})

test('what concerns a node that died is answered so; what is removed from it is gone', async () => {
  const { clock, driver, cluster } = simulatedCluster({})
  await clock.run(async () => {
    await ask(driver, MOVE[0])
    const waiting = ask(driver, MOVE[1])
    clock.after(1000, () => cluster.kill(cluster.node('n2')))
    await expect(waiting).rejects.toMatchObject({ fault: 'node-lost', node: 'n2' })
    for (const words of [
      MOVE[0],
      MOVE[1],
      MOVE[2],
      ['drain', 'a-0', 'n2'],
      ['release', '', 'n2'],
      ['cordon', '', 'n2']
    ] as const) {
      await expect(ask(driver, words)).rejects.toMatchObject({ fault: 'node-lost', node: 'n2' })
    }
    await ask(driver, ['stop', 'a-0', 'n2'])
    expect(await driver.observe({ ...startOn('n2') })).toEqual({ hosts: ['n1'], isOpen: false })
  })
})

test('others take room, and what needs it is refused as a change', async () => {
  const { clock, driver, cluster, events } = simulatedCluster({})
  await clock.run(async () => {
    const node = cluster.node('n2')
    const load = { amounts: { cpu: 3.5 }, devices: {} }
    node.foreign.add(load)
    expect(await driver.observe(startOn('n2'))).toEqual({ hosts: ['n1'], free: { cpu: 0.5, gpu: 1 }, isOpen: true })
    await expect(ask(driver, MOVE[0])).rejects.toSatisfy(
      (error) => error instanceof StepError && error.fault === 'changed'
    )
    await expect(ask(driver, ['release', '', 'n2'])).rejects.toMatchObject({ fault: 'changed' })
    node.foreign.delete(load)
    await ask(driver, MOVE[0])
  })
  expect(events.map(({ kind }) => kind)).toEqual(['call-failed', 'call-failed', 'copy-started'])
})

test('nodes die, are closed, and fill up as often as asked for', async () => {
  const nodes = Array.from({ length: 400 }, (_, index) => ({
    id: `m${index}`,
    capacity: { cpu: 4, gpu: 2 },
    costPerHour: 1
  }))
  const { clock, events } = simulatedCluster(
    { nodes, replicas: [{ id: 'a-0', deployment: 'a', node: 'm0' }] },
    { nodeDeathRate: 0.1, driftRate: 0.4 }
  )
  await clock.run(() => clock.sleep(2_000_000))
  const count = (kind: string) => events.filter((event) => event.kind === kind).length
  expect(count('node-died')).toBeGreaterThan(20)
  expect(count('node-died')).toBeLessThan(60)
  expect(count('node-cordoned')).toBeGreaterThan(25)
  expect(count('foreign-arrived')).toBeGreaterThan(70)
  expect(count('foreign-left')).toBeGreaterThan(50)
})

test('a start may fail in every way, and as often as asked for', async () => {
  const { clock, driver, events } = simulatedCluster(
    {
      nodes: [
        { id: 'n1', capacity: { cpu: 2000 }, costPerHour: 1 },
        { id: 'n2', capacity: { cpu: 2000 }, costPerHour: 1 }
      ]
    },
    { failureRate: 0.2 }
  )
  let [accepted, silent] = [0, 0]
  await clock.run(async () => {
    for (let number = 0; number < 500; number++) {
      const [replica, stop] = [`a-new-${number}`, new AbortController()]
      await ask(driver, ['start', replica, 'n2']).then(
        () => accepted++,
        () => {}
      )
      clock.after(90_000, () => stop.abort('late'))
      await ask(driver, ['ready', replica, 'n2'], { signal: stop.signal }).catch((reason) => {
        if (reason === 'late') silent++
      })
    }
  })
  const count = (kind: string) => events.filter((event) => event.kind === kind).length
  expect(500 - accepted).toBeGreaterThan(15)
  expect(silent).toBeGreaterThan(10)
  expect(count('copy-failed')).toBeGreaterThan(20)
  expect(count('copy-ready')).toBeGreaterThan(370)
})

function startOn(node: string) {
  return { id: 's', action: 'start' as const, after: [], startSeconds: 0, endSeconds: 0, replica: 'a-0', node }
}
