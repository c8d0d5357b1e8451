import { describe, expect, test } from 'vitest'
import { InputError } from '../../models/contract/parse.js'
import { compact } from '../../src/compact.js'
import { alternatives } from '../../src/review/alternatives/alternatives.js'
import { revise } from '../../src/review/revise/revise.js'
import { why } from '../../src/review/why/why.js'

const problem = {
  schemaVersion: 1,
  nodes: ['a', 'b'].map((id) => ({ id, capacity: { cpu: 2 }, costPerHour: 1 })),
  deployments: [{ id: 'd', demand: { cpu: 1 } }],
  replicas: ['a', 'b'].map((node) => ({ id: `on-${node}`, deployment: 'd', node }))
}

describe.each([5, true, 'now', [], Symbol('s'), () => undefined].map((options) => [String(options), options]))(
  'options %s',
  (_, options) => {
    test('are refused everywhere', async () => {
      const result = await compact(problem, { solver: 'greedy' })
      const wrong = options as object
      await expect(why(problem, result, wrong)).rejects.toThrow(InputError)
      await expect(revise(problem, result, { pin: ['on-a'] }, wrong)).rejects.toThrow(InputError)
      await expect(alternatives(problem, result, 'on-a', wrong)).rejects.toThrow(InputError)
    })
  }
)
