import fc from 'fast-check'

type Place = { readonly holder: Record<PropertyKey, unknown>; readonly key: PropertyKey }

/** Every place in a value, the value's own fields first. */
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const holder = value as Record<PropertyKey, unknown>
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  return keys.flatMap((key) => [{ holder, key }, ...placesIn(holder[key])])
}

const oddValue = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, true, '', 0, -0, -1, 0.5, 1, 2, 7, 1e9, 1e15, 1e16, Infinity, Number.NaN),
  fc.constantFrom<unknown>('n1', 'n4', 'web', 'share', 'zone', 'a', 'node', '__proto__', 'constructor', '🦙', 'gpu'),
  fc.constantFrom<unknown>([], {}, ['web'], ['n1', 'n1'], { gpu: [0] }, { cpu: 1 }, [[]], { constructor: 1 }),
  fc.jsonValue({ maxDepth: 2 })
)

/** A value with parts replaced, removed, added and copied, and changed to others of their type. */
export function mutated(
  valid: () => unknown,
  kinds: readonly ('set' | 'remove' | 'copy' | 'add' | 'alike')[]
): fc.Arbitrary<unknown> {
  const mutation = fc.record({
    place: fc.nat(),
    kind: fc.constantFrom(...kinds),
    odd: oddValue,
    number: fc.constantFrom(0, 0.25, 0.5, 1, 2, 3, 5, 40),
    from: fc.nat()
  })
  return fc.array(mutation, { minLength: 1, maxLength: 5 }).map((mutations) => {
    const value: unknown = structuredClone(valid())
    for (const { place, kind, odd, number, from } of mutations) {
      const places = placesIn(value)
      const { holder, key } = places[place % places.length] as Place
      const source = places[from % places.length] as Place
      if (kind === 'remove') delete holder[key]
      else if (kind === 'set') holder[key] = odd
      else if (kind === 'copy') holder[key] = structuredClone(source.holder[source.key])
      else if (kind === 'alike') holder[key] = alike(holder[key], number, source.holder[source.key])
      else if (Array.isArray(holder)) holder.push(odd)
      else holder[String(odd)] = structuredClone(source.holder[source.key])
    }
    return value
  })
}

function alike(value: unknown, number: number, other: unknown): unknown {
  if (typeof value === 'number') return number
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return value.slice(number > 1 ? 1 : 0, number > 2 ? undefined : -1)
  return typeof value === typeof other ? structuredClone(other) : value
}
