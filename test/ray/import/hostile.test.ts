import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InputError } from '../../../models/contract/parse.js'
import { importRay } from '../../../src/adapters/ray/import/import-ray.js'
import { nodesPayload, servePayload, summaryPayload } from '../payloads.js'
import { drawnCluster } from './random-cluster.js'

/** Values that nobody expects where they stand. */
const rubbish: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({ maxDepth: 2, withBigInt: true, withNullPrototype: true }),
  fc.constantFrom(
    null,
    '',
    -1,
    1e308,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    0.1,
    2 ** 53,
    [],
    {},
    'RUNNING',
    '__proto__'
  ),
  fc.constant(JSON.parse('{"__proto__": {"applications": {}}, "constructor": 1}'))
)

/** Every place inside a parsed value, as a path. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))]
}

/** A copy with something else at a place. */
function replaceAt(value: unknown, path: readonly string[], other: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return other
  const inside = value as Record<string, unknown>
  const changed = replaceAt(inside[key], rest, other)
  return Array.isArray(value)
    ? value.map((item, index) => (String(index) === key ? changed : item))
    : Object.fromEntries(Object.entries(inside).map(([name, item]) => [name, name === key ? changed : item]))
}

function importsOrSays(documents: readonly unknown[], overrides: unknown): void {
  const named = documents.map((value, index) => ({ name: `${index}.json`, value }))
  try {
    importRay({ documents: named, overrides: { name: 'overrides.yaml', value: overrides } }, { unknownPrice: 1 })
  } catch (error) {
    expect(error).toBeInstanceOf(InputError)
    expect((error as InputError).issues.length).toBeGreaterThan(0)
  }
}

test('a payload with anything anywhere in it is imported, or refused as input', () => {
  fc.assert(
    fc.property(drawnCluster, fc.nat(), rubbish, (cluster, at, other) => {
      const { nodes, applications, overrides } = cluster
      const usage = Object.fromEntries(nodes.map(({ nodeId }) => [nodeId, '3.0/10.0 CPU']))
      const whole = [servePayload(applications), nodesPayload(nodes), summaryPayload(nodes, usage), overrides]
      const places = placesIn(whole)
      const changed = replaceAt(whole, places[at % places.length] as readonly string[], other)
      const list = Array.isArray(changed) ? changed : [changed]
      importsOrSays(list.slice(0, 3), list[3])
    }),
    { seed: 4, numRuns: 700 }
  )
})

test('anything at all is imported, or refused as input', () => {
  fc.assert(fc.property(fc.array(rubbish, { maxLength: 3 }), rubbish, importsOrSays), { seed: 5, numRuns: 300 })
})

test.each([undefined, null, 7, {}, { documents: 'a' }, { documents: [null] }, { documents: [], overrides: 3 }])(
  'what is no snapshot is refused: %j',
  (snapshot) => {
    expect(() => importRay(snapshot as never)).toThrow(InputError)
  }
)
