import { expect, test } from 'vitest'
import { InputError, verifyPlacement, verifyPlan, verifyResult } from '../../models/index.js'
import { sampleResult } from '../cli/sample-result.js'

/** As a file has it: nothing that has a default. */
const problem = {
  schemaVersion: 1,
  nodes: [
    { id: 'a', capacity: { cpu: 2 }, costPerHour: 1 },
    { id: 'b', capacity: { cpu: 1 }, costPerHour: 1 }
  ],
  deployments: [{ id: 'web', demand: { cpu: 1 } }],
  replicas: [
    { id: 'web-0', deployment: 'web', node: 'a' },
    { id: 'web-1', deployment: 'web', node: 'b' }
  ]
}
const onto = (node: string) => ({
  schemaVersion: 1,
  placement: ['web-0', 'web-1'].map((replica) => ({ replica, node }))
})

test('a bare placement is checked against a Problem as it is written', () => {
  expect(verifyPlacement(problem, onto('a'))).toEqual([])
  expect(verifyPlacement(problem, onto('b'))).toMatchObject([{ code: 'capacity', where: 'b' }])
})

test('the placement of a Result is checked as that of the Result', () => {
  const result = { ...sampleResult(), ...onto('b') }
  expect(verifyPlacement(problem, result).map(({ code }) => code)).toContain('capacity')
})

test.each([
  ['verifyPlacement', () => verifyPlacement({ schemaVersion: 1 }, onto('a'))],
  ['verifyPlacement', () => verifyPlacement(problem, {})],
  ['verifyPlan', () => verifyPlan(problem, onto('a'))],
  ['verifyResult', () => verifyResult(null, sampleResult())],
  ['verifyResult', () => verifyResult(problem, undefined)]
])('%s refuses what is neither', (_, verify) => {
  expect(verify).toThrow(InputError)
})
