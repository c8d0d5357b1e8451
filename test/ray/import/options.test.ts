import { expect, test } from 'vitest'
import { InputError } from '../../../models/contract/parse.js'
import { importRay } from '../../../src/adapters/ray/import/import-ray.js'

test.each<[object, RegExp]>([
  [{ overides: {} }, /\boverides: found an unknown option, expected one of name, takenAt, catalogue/],
  [{ name: 5, prices: [] }, /\bname: found 5, expected a text[\s\S]*\bprices: found .*, expected a mapping/]
])('the options %j are refused', (options, message) => {
  expect(() => importRay({ documents: [] }, options)).toThrow(InputError)
  expect(() => importRay({ documents: [] }, options)).toThrow(message)
})
