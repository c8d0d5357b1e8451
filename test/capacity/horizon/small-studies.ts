import fc from 'fast-check'
import type { Study, StudyInput } from '../../../models/contract/study.js'
import type { Demand } from '../../../src/capacity/forecast/demand.js'
import { parseStudy } from '../../../src/capacity/study/parse-study.js'

/** A study and its demand, small enough for every plan to be looked at. */
export interface SmallCase {
  readonly study: Study
  readonly demand: Demand
}

type TypeInput = NonNullable<StudyInput['nodeTypes']>[number]
type DeploymentInput = NonNullable<StudyInput['deployments']>[number]

/** Demand in replicas, of so many seconds each: [deployment][period]. */
export function demandOver(counts: Record<string, readonly number[]>, periodSeconds = 3600): Demand {
  const entries = Object.entries(counts).map(([id, values]): [string, Int32Array] => [id, Int32Array.from(values)])
  return { periodSeconds, periods: entries[0]?.[1].length ?? 0, counts: new Map(entries) }
}

const money = fc.constantFrom(0, 0.3, 1, 1.5, 2, 3.1, 7)

const nodeType = fc.record({
  cpu: fc.constantFrom(2, 3, 4, 6),
  gpu: fc.constantFrom(0, 1, 2),
  costPerHour: money,
  maxNew: fc.constantFrom(1, 2, 4),
  provisionSeconds: fc.constantFrom(0, 180, 1800, 9000),
  zone: fc.constantFrom('a', 'b'),
  isSpot: fc.boolean()
})

const deployment = fc.record({
  cpu: fc.constantFrom(1, 1, 2, 2.5),
  gpu: fc.constantFrom(0, 0, 0.4, 0.5, 1),
  maxReplicasPerNode: fc.constantFrom(undefined, undefined, 1, 2),
  floor: fc.constantFrom(undefined, 0.5, 1)
})

/** Of every trait that a horizon knows, in small numbers: one or two types and deployments, two to four periods. */
export const smallCase: fc.Arbitrary<SmallCase> = fc
  .record({
    types: fc.array(nodeType, { minLength: 1, maxLength: 2 }),
    deployments: fc.array(deployment, { minLength: 1, maxLength: 2 }),
    counts: fc.array(fc.tuple(fc.nat(4), fc.nat(2)), { minLength: 1, maxLength: 4 }),
    periodSeconds: fc.constantFrom(600, 3600),
    discount: fc.constantFrom(undefined, 0.1, 0.4, 1),
    reserved: fc.constantFrom(0, 0, 0, 1, 2),
    existing: fc.array(
      fc.record({ cpu: fc.constantFrom(2, 4), costPerHour: money, releasable: fc.boolean(), isSpot: fc.boolean() }),
      { maxLength: 1 }
    ),
    quota: fc.option(fc.record({ max: fc.constantFrom(1, 3, 5, 10), ofCpu: fc.boolean(), inZone: fc.boolean() }), {
      freq: 2,
      nil: undefined
    }),
    together: fc.constantFrom('anything', 'anything', 'anti-affinity', 'conflict', 'at-least', 'headroom')
  })
  .map((drawn): SmallCase => {
    const nodeTypes = drawn.types.map(
      ({ cpu, gpu, isSpot, zone, ...type }, index): TypeInput => ({
        ...type,
        type: `t${index}${isSpot ? ':spot' : ''}`,
        capacity: { cpu, gpu },
        labels: { zone, market: isSpot ? 'spot' : 'on-demand' }
      })
    )
    const deployments = drawn.deployments.map(
      ({ cpu, gpu, maxReplicasPerNode, floor }, index): DeploymentInput => ({
        id: `d${index}`,
        demand: { cpu, gpu },
        ...(maxReplicasPerNode === undefined ? {} : { maxReplicasPerNode }),
        ...(floor === undefined ? {} : { floor })
      })
    )
    const ids = deployments.map(({ id }) => id)
    const [first, second] = ids as [string, string | undefined]
    const isOf = (name: typeof drawn.together) => drawn.together === name
    const rules: NonNullable<StudyInput['rules']> = [
      ...(isOf('anti-affinity') ? [{ kind: 'anti-affinity' as const, deployments: ids, max: 2 }] : []),
      ...(isOf('conflict') && second
        ? [{ kind: 'conflict' as const, between: [[first], [second]] as [string[], string[]] }]
        : []),
      ...(isOf('at-least')
        ? [
            {
              kind: 'at-least' as const,
              deployments: ids,
              count: 1,
              nodeSelector: { zone: drawn.types[0]?.zone as string }
            }
          ]
        : [])
    ]
    const study = parseStudy({
      schemaVersion: 1,
      nodes: drawn.existing.map(({ cpu, costPerHour, releasable, isSpot }, index) => ({
        id: `n${index}`,
        capacity: { cpu, gpu: 1 },
        costPerHour,
        releasable,
        labels: { zone: 'a', market: isSpot ? 'spot' : 'on-demand' }
      })),
      nodeTypes,
      deployments,
      rules,
      ...(isOf('headroom') ? { headroom: [{ deployment: first, replicas: 1 }] } : {}),
      ...(drawn.discount === undefined ? {} : { commitment: { discount: drawn.discount } }),
      ...(drawn.reserved === 0
        ? {}
        : {
            reservations: [
              {
                type: 't',
                nodes: drawn.reserved,
                costPerHour: 0.5,
                capacity: { cpu: 3, gpu: 1 },
                labels: { zone: 'b' }
              }
            ]
          }),
      ...(drawn.quota === undefined
        ? {}
        : {
            quotas: [
              {
                max: drawn.quota.max,
                ...(drawn.quota.ofCpu ? { resource: 'cpu' } : {}),
                ...(drawn.quota.inZone ? { nodeSelector: { zone: 'a' } } : {})
              }
            ]
          })
    })
    const counts = Object.fromEntries(
      ids.map((id, index) => [id, drawn.counts.map((period) => period[index] as number)])
    )
    return { study, demand: demandOver(counts, drawn.periodSeconds) }
  })
