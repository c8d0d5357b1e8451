import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seenPod } from '../../../src/adapters/kubernetes/driver/api/seen-objects.js'
import { DELETION_COST, LOWEST_COST } from '../../../src/adapters/kubernetes/driver/state/annotations.js'
import { whoGoesBefore } from '../../../src/adapters/kubernetes/driver/state/victims.js'
import { victimsFirst } from '../api-server/control/replica-set.js'
import type { Pod } from '../api-server/objects/objects.js'
import { samplePod, sampleWorkload } from '../api-server/objects/samples.js'

const anyPod = fc.record({
  node: fc.constantFrom(undefined, 'n1', 'n2'),
  phase: fc.constantFrom('Pending' as const, 'Running' as const),
  isReady: fc.boolean(),
  cost: fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined }),
  age: fc.nat(1000)
})

test('a pod of the lowest cost that nobody goes before is the one that a ReplicaSet takes', () => {
  const set = { ...sampleWorkload('web', { kind: 'ReplicaSet' }) }
  set.metadata.uid = 'set'
  const holds = fc.property(fc.array(anyPod, { minLength: 1, maxLength: 6 }), (drawn) => {
    const pods = drawn.map(({ node, phase, isReady, cost, age }, index): Pod => {
      const pod = samplePod(`web-${index}`)
      const chosen = index === 0 ? LOWEST_COST : cost === undefined ? undefined : String(cost)
      return {
        ...pod,
        metadata: {
          ...pod.metadata,
          uid: `pod-${index}`,
          resourceVersion: '1',
          creationTimestamp: new Date(age * 1000).toISOString(),
          annotations: chosen === undefined ? {} : { [DELETION_COST]: chosen },
          ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: 'set', controller: true }]
        },
        spec: { ...pod.spec, ...(node === undefined ? {} : { nodeName: node }) },
        status: { phase, conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] }
      }
    })
    const seen = pods.map((pod) => seenPod.parse(pod))
    const [victim] = seen
    const goesFirst = victimsFirst(set, pods, [set])[0]?.metadata.name === 'web-0'
    expect(victim !== undefined && whoGoesBefore(victim, seen).length === 0).toBe(goesFirst)
  })
  fc.assert(holds, { numRuns: 300 })
})
