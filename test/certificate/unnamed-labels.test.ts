import { compact, parseProblem } from 'replica-compactor'
import { expect, test } from 'vitest'
import { verifyCertificate } from '../../models/certificate/verify-certificate.js'

test('nodes that differ in labels which nothing names are of one kind, and the bound is recomputed', async () => {
  const problem = parseProblem({
    schemaVersion: 1,
    nodes: Array.from({ length: 8 }, (_, index) => ({
      id: `n${index}`,
      capacity: { cpu: 10 },
      costPerHour: 2,
      labels: { host: `h${index}`, zone: index % 2 === 0 ? 'a' : 'b' }
    })),
    deployments: [
      { id: 'd0', demand: { cpu: 3 } },
      { id: 'd1', demand: { cpu: 4 }, nodeSelector: { zone: ['a', 'b'] } }
    ],
    replicas: Array.from({ length: 16 }, (_, index) => ({
      id: `r${index}`,
      deployment: `d${index % 2}`,
      node: `n${index % 8}`
    }))
  })
  const result = await compact(problem, { certificate: true, timeLimitMs: 20_000 })
  const { confirmed, violations } = verifyCertificate(problem, result)
  expect(violations).toEqual([])
  expect(result.certificate?.kinds.map(({ nodes }) => nodes)).toEqual([4, 4])
  expect(confirmed).toBeCloseTo(result.bound?.total ?? 0, 3)
})
