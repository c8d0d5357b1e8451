import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verifyResult } from '../../models/checker/verify-result.js'
import { InputError, parseProblem } from '../../models/contract/parse.js'
import type { Problem } from '../../models/contract/problem.js'
import { compact } from '../../src/compact.js'
import { validProblem } from './valid-problem.js'

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

/** The valid Problem with values replaced, keys removed and added, parts copied, and values changed to others of their type. */
function mutated(kinds: readonly ('set' | 'remove' | 'copy' | 'add' | 'alike')[]): fc.Arbitrary<unknown> {
  const mutation = fc.record({
    place: fc.nat(),
    kind: fc.constantFrom(...kinds),
    value: oddValue,
    number: fc.constantFrom(0, 0.25, 0.5, 1, 2, 3, 5, 40),
    from: fc.nat()
  })
  return fc.array(mutation, { minLength: 1, maxLength: 5 }).map((mutations) => {
    const problem: unknown = structuredClone(validProblem())
    for (const { place, kind, value, number, from } of mutations) {
      const places = placesIn(problem)
      const { holder, key } = places[place % places.length] as Place
      const source = places[from % places.length] as Place
      if (kind === 'remove') delete holder[key]
      else if (kind === 'set') holder[key] = value
      else if (kind === 'copy') holder[key] = structuredClone(source.holder[source.key])
      else if (kind === 'alike') holder[key] = alike(holder[key], number, source.holder[source.key])
      else if (Array.isArray(holder)) holder.push(value)
      else holder[String(value)] = structuredClone(source.holder[source.key])
    }
    return problem
  })
}

function alike(value: unknown, number: number, other: unknown): unknown {
  if (typeof value === 'number') return number
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return value.slice(number > 1 ? 1 : 0, number > 2 ? undefined : -1)
  return typeof value === typeof other ? structuredClone(other) : value
}

function parsedOrNull(value: unknown): Problem | null {
  try {
    return parseProblem(value)
  } catch (error) {
    expect(error).toBeInstanceOf(InputError)
    expect((error as InputError).message).toMatch(/^problem:[\s\S]*: found [\s\S]+, expected ./)
    return null
  }
}

test('a mutated Problem is read, or refused with an InputError', () => {
  fc.assert(
    fc.property(mutated(['set', 'remove', 'copy', 'add']), (value) => void parsedOrNull(value)),
    { seed: 1, numRuns: 3000 }
  )
})

test('whatever is read gets a Result that passes the checker', async () => {
  const ends = { feasible: 0, none: 0 }
  await fc.assert(
    fc.asyncProperty(mutated(['alike', 'alike', 'alike', 'remove', 'set']), async (value) => {
      const problem = parsedOrNull(value)
      if (problem === null) return
      const result = await compact(problem, { solver: 'greedy', timeLimitMs: 2000 })
      expect(verifyResult(problem, result)).toEqual([])
      ends[result.primalStatus]++
    }),
    { seed: 2, numRuns: 1000 }
  )
  expect(ends.feasible).toBeGreaterThan(50)
  expect(ends.none).toBeGreaterThan(0)
})
