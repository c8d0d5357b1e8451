import fc from 'fast-check'
import { expect, it } from 'vitest'
import { importObjects, makeDeployment, makeNode } from './cluster-objects.js'

const NAMES = ['a', 'b', 'c', 'd']
const labels = fc.dictionary(fc.constantFrom('x', 'y', 'constructor'), fc.constantFrom('1', '2', 'toString'))

it('selects by labels as it does by the same requirements', () => {
  fc.assert(
    fc.property(fc.array(labels, { minLength: 4, maxLength: 4 }), labels, (own, matchLabels) => {
      const term = (labelSelector: object) => [{ labelSelector, topologyKey: 'kubernetes.io/hostname' }]
      const rulesOf = (labelSelector: object) =>
        importObjects([
          makeNode('n'),
          ...NAMES.flatMap((name, index) => {
            const podAntiAffinity = { requiredDuringSchedulingIgnoredDuringExecution: term(labelSelector) }
            const spec = { containers: [{}], ...(index === 0 && { affinity: { podAntiAffinity } }) }
            return makeDeployment(name, ['n'], { labels: own[index] ?? {}, spec })
          })
        ]).problem.rules
      const matchExpressions = Object.entries(matchLabels).map(([key, value]) => ({
        key,
        operator: 'In',
        values: [value]
      }))
      expect(rulesOf({ matchLabels })).toEqual(rulesOf({ matchExpressions }))
    }),
    { seed: 1, numRuns: 40 }
  )
})
