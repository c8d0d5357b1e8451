import { parseProblem } from 'replica-compactor'
import { expect, test } from 'vitest'
import { findContestant } from '../../../benchmarks/contestants/contestants.mjs'

const node = (id: string) => ({ id, capacity: { cpu: 4 }, costPerHour: 1 })
const plain = {
  schemaVersion: 1,
  nodes: [node('a'), node('b')],
  deployments: [{ id: 'd', demand: { cpu: 1 } }],
  replicas: ['a', 'b'].map((id) => ({ id, deployment: 'd', node: id }))
} as const

const attempt = (given: object) =>
  findContestant('karpenter').run({
    ...{ problem: parseProblem({ ...plain, ...given }), file: '', limitSeconds: 5 },
    ...{ gap: 1e-4, seed: 1, threads: 1, isProofOnly: false }
  })

test('a policy takes what only asks for fewer nodes and fewer moves', async () => {
  for (const given of [{}, { budget: { maxMigrations: 1 } }]) {
    const { refused, answers } = await attempt(given)
    expect(refused ?? null).toBeNull()
    expect(answers.at(-1)?.judge()).toMatchObject({ cost: 1, migrations: 1, wrong: null })
  }
})

test.each([
  [{ headroom: [{ deployment: 'd', replicas: 1 }] }, 'keeps no room for more replicas'],
  [{ budget: { maxMoveCost: 5 } }, 'counts moves, not what they cost'],
  [{ budget: { maxMigrationsPerDeployment: 5 } }, 'counts moves, not what they cost'],
  [{ nodes: [{ ...node('a'), mustEmpty: true }, node('b')] }, 'empties no node because it has to']
])('a policy refuses what it has no notion of: %j', async (given, words) => {
  expect((await attempt(given)).refused).toBe(words)
})
