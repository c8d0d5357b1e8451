import { delimiter, dirname } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { drainByCommand } from '../../../src/adapters/ray/driver/drain-command.js'
import { rayDriver } from '../../../src/adapters/ray/driver/ray-driver.js'
import { StepError } from '../../../src/execution/driver.js'
import { execute } from '../../../src/execution/execute.js'
import { type HttpDouble, listen } from '../dashboard/http-double.js'
import { planDrains, predictDrain } from './drain-plans.js'
import { smallScene } from './drain-scene.js'

const open: HttpDouble[] = []
const path = process.env.PATH

afterEach(async () => {
  process.env.PATH = path
  for (const double of open.splice(0)) await double.close()
})

async function serve(scene = smallScene()) {
  const double = await listen(scene.dashboard, 2000)
  open.push(double)
  return { scene, double }
}

test('over HTTP and by the command on the path: two nodes are drained, one after the other', async () => {
  const { scene, double } = await serve()
  process.env.PATH = `${dirname(double.ray)}${delimiter}${path}`
  const plan = planDrains([
    predictDrain(scene.cluster, '10.0.0.1'),
    { node: '10.0.0.3', moves: [['chat#embed#e', '10.0.0.2']] }
  ])
  const driver = rayDriver({
    dashboard: `${double.url}/`,
    address: double.address,
    problem: scene.readProblem(),
    result: { plan },
    pollMs: 1
  })
  const report = await execute(plan, driver, { backoffMs: 1 })
  expect(report.outcome).toBe('completed')
  expect(report.releasedNodes).toEqual(['10.0.0.1', '10.0.0.3'])
  expect(scene.cluster.describe().every((line) => line.includes('10.0.0.2'))).toBe(true)
})

test('a dashboard that nobody listens at fails the step in words', async () => {
  const scene = smallScene()
  const plan = planDrains([predictDrain(scene.cluster, '10.0.0.1')])
  const problem = scene.readProblem()
  const options = { dashboard: 'http://127.0.0.1:9', address: 'a:1', problem, result: { plan } }
  const driver = rayDriver({ ...options, pollMs: 1, mostFailedReads: 1 })
  const report = await execute(plan, driver, { retries: 0 })
  expect(report.outcome).toBe('failed')
  expect(report.firstFault?.message).toContain('the dashboard cannot be read')
})

test('the command is given its arguments as they are, and its answer is understood', async () => {
  const { scene, double } = await serve()
  const drain = drainByCommand(double.ray, double.address)
  const { signal } = new AbortController()
  const { nodeId } = scene.cluster.node('10.0.0.1')
  const message = 'a; rm -rf "$HOME" --reason x \' \n'
  expect(await drain({ nodeId, reason: 'IDLE_TERMINATION', message }, signal)).toEqual({
    isAccepted: false,
    message: 'Error: The drain request is not accepted: The node to be idle terminated is no longer idle.'
  })
  expect(await drain({ nodeId, reason: 'PREEMPTION', message, deadlineSeconds: 60 }, signal)).toMatchObject({
    isAccepted: true
  })
  const deadline = scene.cluster.node('10.0.0.1').drainDeadline
  expect(deadline).toBe(scene.cluster.time + 60_000)
  await expect(drain({ nodeId: 'xyz', reason: 'PREEMPTION', message }, signal)).rejects.toThrow('Invalid hex ID')
})

test('a command that is not there is refused, one that is given up ends', async () => {
  const { signal } = new AbortController()
  const request = { nodeId: 'a', reason: 'PREEMPTION', message: 'm' } as const
  const missing = drainByCommand('/nowhere/ray', 'a:1')(request, signal)
  await expect(missing).rejects.toBeInstanceOf(StepError)
  await expect(missing).rejects.toMatchObject({ fault: 'refused' })
  const stop = new AbortController()
  const endless = drainByCommand(process.execPath, 'a:1')(request, stop.signal)
  stop.abort()
  await expect(endless).rejects.toThrow()
})
