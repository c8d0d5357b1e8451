import { expect, test } from 'vitest'
import { rayDriver } from '../../src/adapters/ray/driver/ray-driver.js'
import { compact } from '../../src/compact.js'
import type { PolicyInput } from '../../src/controller/policy.js'
import { simulatedCluster } from '../../src/simulation/live-cluster.js'
import { threeAndOne, threeOfSevenAndSix } from '../ray/drains/clusters.js'
import { tryController } from './small-fleet.js'

/** A controller of a cluster on which a plan is carried out only where the driver for Ray would take it. */
function onRay(problem = threeAndOne(), policy: PolicyInput = {}) {
  const cluster = simulatedCluster(problem)
  return tryController({
    cluster,
    policy: { stabilitySeconds: 0, ...policy },
    parts: {
      driver: (planned, result) => {
        rayDriver({ dashboard: 'http://head:8265', address: 'head:6379', problem: planned, result })
        return cluster.driver
      },
      compact: (planned, options) => cluster.clock.outside(compact(planned, { ...options, workLimit: 2000 }))
    }
  })
}

test('restricted to Ray, plans are such as its driver takes', async () => {
  const { cluster, controller, told } = onRay(threeAndOne(), { executableOn: 'ray' })
  const { outcome, result } = await cluster.clock.run(() => controller.step())
  expect(outcome).toBe('executed')
  expect(result?.solve.executableOn).toBe('ray')
  expect(result?.releasedNodes.length).toBeGreaterThan(0)
  expect(told('failed')).toEqual([])
})

test('what drains cannot reach is not recommended', async () => {
  const decide = (policy: PolicyInput) => {
    const { cluster, controller } = onRay(threeOfSevenAndSix(), { mode: 'recommend', ...policy })
    return cluster.clock.run(() => controller.step())
  }
  expect(await decide({})).toMatchObject({ outcome: 'recommended' })
  expect(await decide({ executableOn: 'ray' })).toMatchObject({ outcome: 'nothing-better' })
})

test('without it the driver refuses such a plan', async () => {
  const { cluster, controller, told } = onRay(threeOfSevenAndSix())
  await cluster.clock.run(() => controller.step())
  expect(told('failed')[0]?.message).toContain('executableOn')
})
