import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findJsonFault } from '../../src/input/json-fault.js'

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('findJsonFault', () => {
  test('finds none in what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, spaces) => {
        expect(findJsonFault(JSON.stringify(JSON.parse(text), null, spaces))).toBeUndefined()
      }),
      { seed: 1 }
    )
  })

  test('reads strings of any length, with any number of escapes', () => {
    const long = JSON.stringify('\n"'.repeat(3e6))
    expect(findJsonFault(long)).toBeUndefined()
    expect(findJsonFault(long.slice(0, -1))?.offset).toBe(0)
  })

  test('finds one wherever JSON.parse does, in texts with one character changed', () => {
    const character = fc.constantFrom(...'{}[]",:\\0123.eE+-ntf x\n\t\u0001')
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.nat(1), character, (text, place, removed, inserted) => {
        const at = place % (text.length + 1)
        const changed = text.slice(0, at) + inserted + text.slice(at + removed)
        const fault = findJsonFault(changed)
        if (fault?.fault.includes('again') === true) return
        expect(fault === undefined).toBe(parses(changed))
      }),
      { seed: 1, numRuns: 2000 }
    )
  })

  test.each([
    ['', 0, 'found the end of the file, expected a value'],
    ['{"a": 1,}', 8, 'found } after a comma, expected a key in double quotes'],
    ['[1, 2', 5, 'found the end of the file, expected a comma or a closing bracket'],
    ['[1 2]', 3, 'found 2, expected a comma or a closing bracket'],
    ["{'a': 1}", 1, 'found "\'", expected a key in double quotes or }'],
    ['{"a": NaN}', 6, 'found NaN, expected a value'],
    ['{"a": 01}', 6, 'found 01, expected a value'],
    ['{"a": 1} x', 9, 'found x, expected the end of the file'],
    ['[1, // one\n2]', 4, 'found a comment, which JSON does not have, expected a value'],
    ['["a', 1, 'found a string with a bad escape, a control character or no closing quote, expected a value or ]'],
    ['{"a": 1, "\\u0061": 2}', 9, 'found the key "\\u0061" again, expected every key once']
  ])('%s', (text, offset, fault) => {
    expect(findJsonFault(text)).toMatchObject({ offset, fault })
  })

  test('reads lists a hundred thousand deep', () => {
    expect(findJsonFault('['.repeat(100_000))).toMatchObject({ offset: 100_000 })
  })
})
