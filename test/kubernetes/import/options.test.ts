import { expect, test } from 'vitest'
import { InputError } from '../../../models/contract/parse.js'
import { importKubernetes } from '../../../src/adapters/kubernetes/import/import-kubernetes.js'
import { makeNode } from './cluster-objects.js'

const documents = [{ name: 'a.json', value: makeNode('n') }]

test.each<[unknown, RegExp]>([
  [{ localstorage: 'move' }, /\blocalstorage: found an unknown option, expected one of name, .*localStorage/],
  [{ localStorage: 'yes' }, /\blocalStorage: found "yes", expected "pin" or "move"/],
  [{ movableControllers: 'Rollout' }, /\bmovableControllers: found "Rollout", expected a list of texts/],
  [{ priceAnnotation: '' }, /\bpriceAnnotation: found "", expected the key of an annotation/],
  [{ prices: null }, /\bprices: found null, expected a mapping/],
  [{ pending: 1, unknownNodes: 2 }, /\bpending[\s\S]*\bunknownNodes/],
  [{ toString: 1 }, /\btoString: found an unknown option/],
  ['move', /options: found "move", expected an object of options/]
])('the options %j are refused', (options, message) => {
  expect(() => importKubernetes(documents, options as object)).toThrow(InputError)
  expect(() => importKubernetes(documents, options as object)).toThrow(message)
})

test('an option that is undefined has its default', () => {
  const unset = { unknownPrice: 1, localStorage: undefined } as object
  expect(importKubernetes(documents, unset).problem).toEqual(importKubernetes(documents, { unknownPrice: 1 }).problem)
})
