import { expect, test } from 'vitest'
import type { Plan, Step } from '../../models/contract/plan.js'
import { execute } from '../../src/execution/execute.js'
import { simulatedCluster } from '../simulation/story.js'

test('many calls at a time are no leak, and warned of as none', async () => {
  const warnings: Error[] = []
  const note = (warning: Error) => warnings.push(warning)
  process.on('warning', note)
  const names = Array.from({ length: 40 }, (_, index) => `a-${index}`)
  const nodes = ['n1', 'n2'].map((id) => ({ id, capacity: { cpu: 100 }, costPerHour: 1 }))
  const replicas = names.map((id) => ({ id, deployment: 'a', node: 'n1' }))
  const { clock, driver } = simulatedCluster({ nodes, replicas })
  const steps = names.map((replica): Step => {
    return { id: replica, action: 'start', replica, node: 'n2', after: [], startSeconds: 0, endSeconds: 60 }
  })
  const limits = { inFlight: null, startsPerNode: null, perDeployment: null }
  const plan: Plan = { status: 'complete', makespanSeconds: 60, steps, limits }
  await clock.run(() => execute(plan, driver, { clock }))
  // Warnings are emitted when all else is done.
  await new Promise((resolve) => setTimeout(resolve, 10))
  process.off('warning', note)
  expect(warnings).toEqual([])
})
