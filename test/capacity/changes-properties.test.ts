import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { InputError, parseProblem } from '../../models/contract/parse.js'
import { makeChanges } from '../../src/capacity/changes/apply-changes.js'
import { formatChange, parseChangeLine } from '../../src/capacity/changes/change-line.js'
import { anyChange } from './any-change.js'
import { smallCluster } from './small-cluster.js'

/** Makes every later write into it throw. */
function freezeDeeply<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) freezeDeeply(inner)
  return Object.freeze(value)
}

const options = { seed: 1, numRuns: 500 }

test('applying changes never touches what is given, and gives a Problem or an InputError that names a change', () => {
  const base = freezeDeeply(parseProblem(smallCluster))
  const before = JSON.stringify(base)
  let made = 0
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 4 }), (changes) => {
      try {
        const after = makeChanges(base, freezeDeeply(changes))
        expect(parseProblem(after)).toEqual(after)
        made++
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        for (const { path } of error.issues) expect(path).toMatch(/^changes\[\d\]/)
      }
      expect(JSON.stringify(base)).toBe(before)
    }),
    options
  )
  expect(made).toBeGreaterThan(50)
})

test('a line says of a change exactly what it is', () => {
  let short = 0
  fc.assert(
    fc.property(anyChange, (change) => {
      const line = formatChange(change)
      if (!line.startsWith('{')) short++
      expect(parseChangeLine(line)).toEqual(change)
    }),
    options
  )
  expect(short).toBeGreaterThan(100)
})
