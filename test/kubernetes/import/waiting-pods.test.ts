import { expect, test } from 'vitest'
import { compact } from '../../../src/compact.js'
import { renderKubectlScript } from '../../../src/report/index.js'
import { importObjects, makeDeployment, makeNode, makePod, makeWorkload } from './cluster-objects.js'

const node = makeNode('n')
const job = { kind: 'Job', name: 'batch', apiVersion: 'batch/v1' }

test('bare pods and those of Jobs that wait are left to the scheduler, and what runs stays', () => {
  const objects = [
    node,
    makePod('solo'),
    makePod('runs', { node: 'n' }),
    makePod('batch-1', { owner: job }),
    makePod('batch-2', { node: 'n', owner: job }),
    makeWorkload('Job', 'fresh', {}, { parallelism: 2 }),
    makeWorkload('Job', 'done', { status: { succeeded: 1 } })
  ]
  const { problem, report } = importObjects(objects)
  expect(problem.replicas.map(({ id }) => id)).toEqual(['default/runs', 'default/batch-2'])
  const waiting = report.leftOut.map(({ kind, id, code, reason }) => `${kind} ${id}: ${reason} (${code})`)
  const rest = 'for a node, which the scheduler finds; the room that this takes is not kept free'
  expect(report.adapted.map(({ code }) => code)).not.toContain('missing-pods')
  expect(waiting).toEqual([
    `Pod default/solo: it waits ${rest} (bare-pod)`,
    `Job default/batch: 1 pod of it waits ${rest} (job)`,
    `Job default/fresh: 2 pods of it wait ${rest} (job)`
  ])
})

test('pods of a controller that is not known are left to the scheduler, too', () => {
  const owner = { kind: 'Rollout', name: 'web' }
  const objects = [node, makePod('web-1', { owner }), makePod('web-2', { node: 'n', owner })]
  const { problem, report } = importObjects(objects)
  expect(problem.replicas.map(({ id }) => id)).toEqual(['default/web-2'])
  expect(report.leftOut.map(({ code }) => code)).toEqual(['unknown-controller'])
})

test('a plan for them can be written as a script', async () => {
  const { problem } = importObjects([node, makePod('solo'), ...makeDeployment('web', ['n', null])])
  const result = await compact(problem, { solver: 'greedy', workLimit: 1000, threads: 1 })
  expect(result.plan.steps.map(({ action }) => action)).toContain('start')
  expect(renderKubectlScript(problem, result)).toContain('web')
})
