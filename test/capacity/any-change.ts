import * as fc from 'fast-check'
import type { Change } from '../../src/capacity/changes/change.js'

const name = fc.oneof(
  fc.constantFrom('chat', 'embed', 'n1', 'n3', 'large', 'small', 'large:spot', 'zone'),
  fc.string({ minLength: 1, maxLength: 4 })
)
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 })
const selector = fc.dictionary(
  fc.constantFrom('zone', 'a=b', 'x'),
  fc.uniqueArray(fc.constantFrom('a', 'b', 'c,d'), { minLength: 1, maxLength: 2 }),
  { maxKeys: 2 }
)
const amount = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.double({ min: 0, max: 1e6, noNaN: true }).map((x) => x + 0)
)
const some = fc.nat({ max: 20 })
const maybe = <Value>(value: fc.Arbitrary<Value>) => value
const target = fc.record({ types: maybe(names), nodeSelector: maybe(selector) }, { requiredKeys: [] })
const limit = fc.option(some)

/** Changes of every kind that may be said in one line or not, and that fit `smallCluster` or not. */
export const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(target, amount).map(([to, factor]): Change => ({ kind: 'price', ...to, factor })),
  fc.tuple(target, amount).map(([to, costPerHour]): Change => ({ kind: 'price', ...to, costPerHour })),
  fc.tuple(names, amount).map(([deployments, factor]): Change => ({ kind: 'growth', deployments, factor })),
  amount.map((factor): Change => ({ kind: 'growth', factor })),
  names.map((deployments): Change => ({ kind: 'remove-deployment', deployments })),
  fc
    .tuple(names, fc.dictionary(fc.constantFrom('cpu', 'gpu', 'a:b'), amount))
    .map(([deployments, demand]): Change => ({ kind: 'demand', deployments, demand })),
  names.map((types): Change => ({ kind: 'remove-type', types })),
  names.map((nodes): Change => ({ kind: 'remove-nodes', nodes })),
  selector.map((nodeSelector): Change => ({ kind: 'lose', nodeSelector })),
  fc.tuple(name, some).map(([type, count]): Change => ({ kind: 'add-nodes', type, count: count + 1 })),
  fc.tuple(names, some).map(
    ([deployments, max]): Change => ({
      kind: 'add-rule',
      rule: { kind: 'anti-affinity', deployments, topologyKey: 'zone', max }
    })
  ),
  some.map((index): Change => ({ kind: 'remove-rule', index })),
  names.map((deployments): Change => ({ kind: 'remove-rule', rule: 'spread', deployments })),
  fc
    .record({ maxMigrations: limit, maxMoveCost: limit, maxMigrationsPerDeployment: limit }, { requiredKeys: [] })
    .map((limits): Change => ({ kind: 'budget', ...limits })),
  fc.tuple(target, some).map(([to, maxNew]): Change => ({ kind: 'max-new', ...to, maxNew }))
)
