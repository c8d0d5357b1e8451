import { expect, test } from 'vitest'
import { simulatedCluster } from '../../src/simulation/live-cluster.js'
import { smallFleet, tryController } from './small-fleet.js'

/** A controller whose driver can tidy up, and of which every drain fails where `isBroken`. */
function withTidying(isBroken: boolean, tidy: (signal: AbortSignal) => Promise<unknown>) {
  const cluster = simulatedCluster(smallFleet())
  const drain = async () => {
    throw new Error('the budget never lets it go')
  }
  const driver = { ...cluster.driver, ...(isBroken ? { drain } : {}), tidy }
  return tryController({ cluster, parts: { driver }, policy: { stabilitySeconds: 0, executionSeconds: 600 } })
}

test('what an execution that did not complete has left is tidied up before the cluster is read again', async () => {
  const kinds: string[] = []
  const trial = withTidying(true, async () => kinds.push(trial.events.at(-1)?.message ?? ''))
  const report = await trial.cluster.clock.run(() => trial.controller.step())
  expect(report.execution?.moves.map(({ outcome }) => outcome)).toContain('stuck')
  expect(kinds).toEqual([expect.stringMatching(/finished/)])
})

test('after one that completed there is nothing to tidy up', async () => {
  let asked = 0
  const trial = withTidying(false, async () => asked++)
  await trial.runFor(1000)
  expect(trial.told('executed')).not.toEqual([])
  expect(asked).toBe(0)
})

test.each([
  ['fails', () => Promise.reject(new Error('no answer')), 'no answer'],
  ['never ends', () => new Promise(() => {}), 'tidying up did not answer within 600 s']
])('tidying up that %s is told', async (_, tidy, reason) => {
  const trial = withTidying(true, tidy)
  await trial.cluster.clock.run(() => trial.controller.step())
  expect(trial.told('failed')).toContainEqual(expect.objectContaining({ part: 'driver', reason }))
  expect(trial.told('executed')).toHaveLength(1)
})
