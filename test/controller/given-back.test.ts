import { expect, test } from 'vitest'
import type { StepOf } from '../../src/execution/driver.js'
import { simulatedCluster } from '../../src/simulation/live-cluster.js'
import { smallFleet, tryController } from './small-fleet.js'

/** A cluster from which nobody takes the nodes that are given back: they stay closed, as on Kubernetes until an autoscaler comes. */
function keptNodes(changes: Parameters<typeof smallFleet>[0] = {}) {
  const cluster = simulatedCluster(smallFleet(changes))
  const asked: string[] = []
  const driver = {
    ...cluster.driver,
    release: async ({ node }: { readonly node: string }) => {
      asked.push(node)
    },
    uncordon: async (...call: Parameters<typeof cluster.driver.uncordon>) => {
      asked.push(`open ${call[0].node}`)
      await cluster.driver.uncordon(...call)
    }
  }
  return { asked, trial: tryController({ cluster, parts: { driver } }) }
}

test('a node that was given back and stays is given back once, counted once, and not opened', async () => {
  const { asked, trial } = keptNodes()
  await trial.runFor(4 * 3600)
  expect(asked.sort()).toEqual(['n3', 'n4'])
  expect(trial.told('executed')).toHaveLength(1)
  expect(trial.controller.metrics()).toContain('replica_compactor_released_nodes_total 2\n')
  expect(trial.controller.state().lastRound).toMatchObject({ outcome: 'nothing-better', plans: 0 })
})

test('also one that must be emptied', async () => {
  const nodes = smallFleet().nodes.map((node) => (node.id === 'n4' ? { ...node, mustEmpty: true } : node))
  const { asked, trial } = keptNodes({ nodes })
  await trial.runFor(4 * 3600)
  expect(asked.sort()).toEqual(['n3', 'n4'])
})

test('one that somebody has opened is a node as any other', async () => {
  const { asked, trial } = keptNodes()
  await trial.runFor(1000)
  expect(asked).toHaveLength(2)
  const call = { id: 'by hand', attempt: 1, signal: new AbortController().signal }
  const step: StepOf<'uncordon'> = {
    id: 'u',
    action: 'uncordon',
    node: 'n3',
    after: [],
    startSeconds: 0,
    endSeconds: 0
  }
  await trial.cluster.clock.run(() => trial.cluster.driver.uncordon(step, call))
  await trial.runFor(1000)
  expect(asked.slice(2)).toEqual(['n3'])
})
