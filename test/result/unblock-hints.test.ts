import { expect, test } from 'vitest'
import type { ProblemInput } from '../../models/contract/problem.js'
import { sequence } from '../../src/sequence.js'

type Parts = Partial<Pick<ProblemInput, 'migration' | 'nodeTypes' | 'budget'>>

/** The note on what might let i and j trade places on two full nodes. */
async function hint(parts: Parts, maxUnavailable = 0) {
  const problem: ProblemInput = {
    schemaVersion: 1,
    nodes: ['a', 'b'].map((id) => ({ id, capacity: { cpu: 1 }, costPerHour: 1 })),
    deployments: ['i', 'j'].map((id) => ({ id, demand: { cpu: 1 }, maxUnavailable })),
    replicas: [
      { id: 'i-0', deployment: 'i', node: 'a' },
      { id: 'j-0', deployment: 'j', node: 'b' }
    ],
    ...parts
  }
  const placement = [
    { replica: 'i-0', node: 'b' },
    { replica: 'j-0', node: 'a' }
  ]
  const { explanation } = await sequence(problem, { schemaVersion: 1, placement })
  return (explanation.notes ?? []).find((note) => note.startsWith('What might unblock'))
}

test.each<[string, Parts, string]>([
  ['by default', {}, 'migration.rungs leaves out rent; migration.rungs leaves out stop-first'],
  [
    'rent without a type to rent',
    { migration: { rungs: ['hop', 'rent', 'stop-first'] } },
    'rent needs nodeTypes of which any may be bought; stop-first needs maxUnavailable of at least 1, of i, j'
  ],
  [
    'stop-overs without hop',
    { migration: { rungs: ['rent', 'cut'] } },
    'migration.rungs leaves out hop, which stop-overs of any kind need; rent needs nodeTypes of which any may be bought; migration.rungs leaves out stop-first'
  ],
  [
    'a budget that is spent',
    {
      migration: { rungs: ['hop', 'rent', 'cut'] },
      budget: { maxMigrations: 2 },
      nodeTypes: [{ type: 't', capacity: { cpu: 0.5 }, costPerHour: 1, maxNew: 1 }]
    },
    'migration.rungs leaves out stop-first'
  ]
])('%s', async (_, parts, words) => {
  expect(await hint(parts)).toContain(words)
})

test('nothing is said where nothing is blocked', async () => {
  expect(await hint({ migration: { rungs: ['stop-first'] } }, 1)).toBeUndefined()
})
