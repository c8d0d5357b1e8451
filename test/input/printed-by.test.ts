import { expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import { printedBy } from '../../models/contract/printed-by.js'

test.each<[unknown, ReturnType<typeof printedBy>]>([
  [{ kind: 'List', apiVersion: 'v1', items: [] }, 'kubernetes'],
  [[{ kind: 'Pod', metadata: { name: 'p' } }], 'kubernetes'],
  [{ applications: {} }, 'ray'],
  [{ result: true, data: {} }, 'ray'],
  [[{ node_id: 'a', resources_total: {} }], 'ray'],
  [{ 'GET /nodes?view=summary': {} }, 'ray'],
  [{ schemaVersion: 1, nodes: [], deployments: [], replicas: [] }, undefined],
  [{ kind: 'cluster' }, undefined],
  [[], undefined],
  ['List', undefined],
  [null, undefined]
])('%j is printed by %s', (value, system) => {
  expect(printedBy(value)).toBe(system)
  const read = () => parseProblem(value)
  const hint = /replica-compactor import (kubernetes|ray) FILE/
  if (system !== undefined) expect(read).toThrow(`import ${system} FILE makes a Problem of it`)
  else expect(catchMessage(read)).not.toMatch(hint)
})

test('a Problem with a key of somebody else is still a Problem: the key is what is wrong', () => {
  const value = { schemaVersion: 1, nodes: [], applications: {}, replicas: [] }
  expect(catchMessage(() => parseProblem(value))).toMatch(
    /deployments[\s\S]*applications|applications[\s\S]*deployments/
  )
})

function catchMessage(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    return String(error)
  }
  return ''
}
