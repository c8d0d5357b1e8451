import { type ProblemInput, sequence, verifyResult } from 'replica-compactor'
import { expect, test } from 'vitest'

test('payments out of nothing, each within rounding, do not add up to room', async () => {
  const amount = 1e-4
  const node = (id: string, cpu: number) => ({ id, capacity: { cpu }, costPerHour: 1 })
  const problem: ProblemInput = {
    schemaVersion: 1,
    nodes: [
      ...['a', 'b', 'c'].map((id) => node(id, amount)),
      ...Array.from({ length: 100 }, (_, index) => node(`idle-${index}`, amount))
    ],
    deployments: ['x', 'y'].map((id) => ({ id, demand: { cpu: amount } })),
    replicas: [
      { id: 'x-0', deployment: 'x', node: 'b' },
      { id: 'y-0', deployment: 'y', node: 'a' }
    ]
  }
  const placement = [
    { replica: 'x-0', node: 'c' },
    { replica: 'y-0', node: 'b' }
  ]
  const forged = structuredClone(await sequence(problem, { schemaVersion: 1, placement }, { certificate: true }))
  const start = forged.plan.steps.find(({ id }) => id === 'start:y-0@b')
  const releases = forged.plan.steps.filter(({ action }) => action === 'release').map(({ id }) => id)
  const idle = releases.filter((id) => id.includes('idle'))
  if (start === undefined) throw new Error('no start')
  start.after = [...start.after.filter((id) => !id.startsWith('stop:')), ...idle]
  const payments = idle.map((from) => ({ from, to: start.id, amount: 1e-6 }))
  forged.plan.funding = [{ code: 'capacity', where: 'b', subject: 'cpu on b', payments }]
  expect(verifyResult(problem, forged).map(({ code }) => code)).not.toEqual([])
})
