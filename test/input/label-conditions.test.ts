import { describe, expect, test } from 'vitest'
import { InputError, parseProblem } from '../../models/contract/parse.js'
import { compact } from '../../src/index.js'

/** One replica on a node that is to be left, and nodes beside it with labels; all cost the same but the first. */
const clusterOf = (condition: unknown, others: readonly Record<string, string>[]) => ({
  schemaVersion: 1 as const,
  nodes: [{}, ...others].map((labels, index) => ({
    id: `n${index}`,
    capacity: { cpu: 4 },
    costPerHour: index === 0 ? 9 : 1,
    labels
  })),
  deployments: [{ id: 'd', demand: { cpu: 1 }, nodeSelector: { tier: condition } }],
  replicas: [{ id: 'd-0', deployment: 'd', node: 'n0' }]
})

/** Which of the labels a replica moves to, by a whole call: compiled, solved, checked. */
async function chosen(condition: unknown, others: readonly Record<string, string>[]) {
  const problem = parseProblem(clusterOf(condition, others))
  const { placement } = await compact(problem, { timeLimitMs: 5000 })
  return problem.nodes.find(({ id }) => id === placement[0]?.node)?.labels
}

describe('a replica starts only', () => {
  test('where a label has none of the values that are shut out', async () => {
    expect(await chosen({ notIn: ['spot', 'old'] }, [{ tier: 'spot' }, { tier: 'new' }, { tier: 'old' }])).toEqual({
      tier: 'new'
    })
  })

  test('or where there is no such label, unless there must be one', async () => {
    expect(await chosen({ notIn: ['spot'] }, [{ tier: 'spot' }, {}])).toEqual({})
    expect(await chosen({ notIn: ['spot'], exists: true }, [{ zone: 'a' }, { tier: 'x' }])).toEqual({ tier: 'x' })
  })

  test('where there is a label, whatever its value', async () => {
    expect(await chosen({ exists: true }, [{}, { tier: '' }])).toEqual({ tier: '' })
  })

  test('where there is no label', async () => {
    expect(await chosen({ exists: false }, [{ tier: 'a' }, { zone: 'a' }])).toEqual({ zone: 'a' })
  })
})

test.each([
  ['an empty exclusion', {}, 'deployments[0].nodeSelector.tier'],
  ['values of a label that must not be there', { notIn: ['a'], exists: false }, 'deployments[0].nodeSelector.tier'],
  ['no values', { notIn: [] }, 'deployments[0].nodeSelector.tier.notIn'],
  ['another word', { isNot: ['a'] }, 'deployments[0].nodeSelector.tier'],
  ['a number', 3, 'deployments[0].nodeSelector.tier']
])('%s is refused, with its place', (_, condition, path) => {
  const read = () => parseProblem(clusterOf(condition, []) as never)
  expect(read).toThrow(InputError)
  try {
    read()
  } catch (error) {
    expect((error as InputError).issues.map((issue) => issue.path).join()).toContain(path)
  }
})
