import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Study, StudyInput } from '../../../models/contract/study.js'
import { planHorizon } from '../../../src/capacity/horizon/plan-horizon.js'
import { verifyHorizon } from '../../../src/capacity/horizon/verify/verify-horizon.js'
import { parseStudy } from '../../../src/capacity/study/parse-study.js'
import { demandOver } from './small-studies.js'

const drawn = fc.record({
  types: fc.array(
    fc.record({
      cpu: fc.integer({ min: 4, max: 32 }),
      gpu: fc.nat(4),
      costPerHour: fc.double({ min: 0.1, max: 9, noNaN: true }),
      spot: fc.constantFrom(undefined, 0.3, 0.6),
      provisionSeconds: fc.constantFrom(0, 180, 900, 4000)
    }),
    { minLength: 2, maxLength: 4 }
  ),
  deployments: fc.array(
    fc.record({
      cpu: fc.constantFrom(0.5, 1, 1.5, 4),
      gpu: fc.constantFrom(0, 0, 0.25, 0.5, 0.6, 1),
      floor: fc.double({ min: 0, max: 1, noNaN: true }),
      mean: fc.integer({ min: 0, max: 40 })
    }),
    { minLength: 1, maxLength: 3 }
  ),
  periods: fc.integer({ min: 2, max: 30 }),
  quota: fc.constantFrom(undefined, 300, 900),
  rule: fc.constantFrom('none', 'at-least', 'anti-affinity', 'headroom'),
  seed: fc.nat(1000)
})

/** Larger than what can be enumerated: four types twice, three deployments, thirty periods. */
const wideCase = drawn.map(({ types, deployments, periods, quota, rule, seed }) => {
  const ids = deployments.map((_, index) => `d${index}`)
  const input = {
    schemaVersion: 1,
    nodeTypes: types.flatMap(({ cpu, gpu, costPerHour, spot, provisionSeconds }, index) => {
      const type = { capacity: { cpu, gpu }, maxNew: 200, provisionSeconds }
      const labels = { zone: index % 2 === 0 ? 'a' : 'b' }
      return [
        { ...type, type: `t${index}`, costPerHour, labels },
        ...(spot === undefined
          ? []
          : [
              {
                ...type,
                type: `t${index}:spot`,
                costPerHour: costPerHour * spot,
                labels: { ...labels, market: 'spot' }
              }
            ])
      ]
    }),
    deployments: deployments.map(({ cpu, gpu, floor }, index) => ({ id: `d${index}`, demand: { cpu, gpu }, floor })),
    commitment: { discount: 0.4 },
    reservations: [{ type: 'r', nodes: 2, costPerHour: 0.3, capacity: { cpu: 8, gpu: 1 } }],
    ...(quota === undefined ? {} : { quotas: [{ resource: 'cpu', max: quota }] }),
    rules:
      rule === 'at-least'
        ? [{ kind: 'at-least', deployments: ids.slice(0, 2), count: 1, nodeSelector: { zone: 'a' } }]
        : rule === 'anti-affinity'
          ? [{ kind: 'anti-affinity', deployments: ids, max: 5 }]
          : [],
    ...(rule === 'headroom' ? { headroom: [{ deployment: 'd0', replicas: 3 }] } : {})
  } satisfies StudyInput
  const counts = deployments.map(({ mean }, index) =>
    Array.from({ length: periods }, (_, at) => Math.max(0, mean + (((at + 3) * (index + 2) * (seed + 7)) % 17) - 8))
  )
  return { input, demand: demandOver(Object.fromEntries(ids.map((id, index) => [id, counts[index] as number[]])), 600) }
})

test('every plan holds, and no bound is above the cost of any other plan', async () => {
  await fc.assert(
    fc.asyncProperty(wideCase, async ({ input, demand }) => {
      const study = parseStudy(input)
      const answer = await planHorizon(study, demand, { threads: 1 })
      expect(verifyHorizon(study, demand, answer)).toEqual([])
      if (answer.status !== 'feasible') return
      expect(answer.bound).toBeLessThanOrEqual(answer.cost.total * (1 + 1e-9))
      const others: Study[] = [
        parseStudy({ ...input, commitment: undefined }),
        parseStudy({ ...input, commitment: { discount: 0.4, types: ['t0'] } }),
        parseStudy({ ...input, nodeTypes: input.nodeTypes.slice(1) }),
        parseStudy({ ...input, nodeTypes: input.nodeTypes.map((type) => ({ ...type, maxNew: 30 })) }),
        parseStudy({
          ...input,
          availability: { floor: 1 },
          deployments: input.deployments.map(({ floor: _, ...one }) => one)
        })
      ]
      for (const [index, other] of others.entries()) {
        const plan = await planHorizon(other, demand, { threads: 1, seed: 7 })
        expect(verifyHorizon(other, demand, plan)).toEqual([])
        if (plan.status !== 'feasible') continue
        expect(answer.bound).toBeLessThanOrEqual(plan.cost.total * (1 + 1e-9))
        if (index === 0) expect(answer.withoutCommitment.bound).toBeLessThanOrEqual(plan.cost.total * (1 + 1e-9))
      }
    }),
    { numRuns: 8 }
  )
})
