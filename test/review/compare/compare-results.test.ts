import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InputError, parseProblem } from '../../../models/contract/parse.js'
import type { ObjectiveValue, Result } from '../../../models/contract/result.js'
import { compareEnds, type End } from '../../../src/review/compare/compare-ends.js'
import { compareResults } from '../../../src/review/compare/compare-results.js'
import { sequence } from '../../../src/sequence.js'
import { planOf, smallCluster } from '../revise/three-node-plan.js'

const problem = smallCluster({
  nodeTypes: [{ type: 'cheap', capacity: { cpu: 8 }, costPerHour: 1, maxNew: 3 }]
})
const plan = await planOf(problem)

test('a Result does not differ from itself', () => {
  const difference = compareResults(problem, plan, plan)
  expect(difference).toMatchObject({ kind: 'difference', problem: plan.problem, same: true })
  expect(difference.counts).toEqual([])
  expect(difference.moves).toEqual({ before: [], after: [] })
})

test('bought nodes that are only called otherwise do not differ', () => {
  const [bought] = plan.newNodes
  const rename = (node: string) => (node === bought?.id ? 'new-cheap-3' : node)
  const renamed: Result = {
    ...plan,
    newNodes: plan.newNodes.map((node) => ({ ...node, id: rename(node.id) })),
    placement: plan.placement.map((entry) => ({ ...entry, node: rename(entry.node) }))
  }
  expect(plan.newNodes).toHaveLength(1)
  expect(compareResults(problem, plan, renamed).same).toBe(true)
})

test('a Result that was made for another Problem is an input error that says which', () => {
  const other = { ...plan, problem: { fingerprint: 'sha256:1' } }
  const issues = (before: Result, after: Result) => {
    try {
      compareResults(problem, before, after)
    } catch (error) {
      return error instanceof InputError ? error.issues.map(({ path }) => path) : []
    }
    return []
  }
  expect(issues(other, plan)).toEqual(['before.problem.fingerprint'])
  expect(issues(plan, other)).toEqual(['after.problem.fingerprint'])
  expect(() => compareResults(problem, plan, {} as Result)).toThrow('after: result')
})

/** Two placements of the same replicas, of two deployments, on a few nodes. */
const placements = fc
  .array(fc.tuple(fc.constantFrom('web', 'db'), fc.nat(3), fc.nat(3)), { maxLength: 12 })
  .map((rows) => {
    const ends = (pick: 1 | 2) =>
      new Map(
        rows.map((row, index): [string, End] => [
          `r${index}`,
          { replica: `r${index}`, deployment: row[0], node: `n${row[pick]}`, devices: {} }
        ])
      )
    return { before: ends(1), after: ends(2) }
  })

const numbersOf = (ends: Iterable<End>) => {
  const numbers = new Map<string, number>()
  for (const { deployment, node } of ends) {
    numbers.set(`${deployment} ${node}`, (numbers.get(`${deployment} ${node}`) ?? 0) + 1)
  }
  return numbers
}

test('real differences account for the numbers, renamed ones change none', () => {
  fc.assert(
    fc.property(placements, ({ before, after }) => {
      const { counts, replicas, renamed } = compareEnds(before, after, new Map())
      const apply = (changes: typeof replicas) => {
        const ends = new Map(before)
        for (const { replica, after: node } of changes) {
          ends.set(replica, { ...(ends.get(replica) as End), node: node as string })
        }
        return numbersOf(ends.values())
      }
      const [was, is] = [numbersOf(before.values()), numbersOf(after.values())]
      const known = (numbers: Map<string, number>) => Object.fromEntries([...numbers].sort())
      expect(known(apply(replicas))).toEqual(known(is))
      expect(known(apply(renamed))).toEqual(known(was))
      expect(replicas.length + renamed.length).toBe(
        [...before.values()].filter(({ replica, node }) => after.get(replica)?.node !== node).length
      )
      for (const count of counts) {
        const key = `${count.deployment} ${count.node}`
        expect([count.before, count.after]).toEqual([was.get(key) ?? 0, is.get(key) ?? 0])
      }
      if (counts.length === 0) expect(replicas).toEqual([])
    })
  )
})

test('replicas that all changed places are renamed, and nothing else differs', () => {
  const end = (replica: string, node: string): [string, End] => [
    replica,
    { replica, deployment: 'web', node, devices: {} }
  ]
  const before = new Map([end('a', 'n1'), end('b', 'n2'), end('c', 'n3')])
  const after = new Map([end('a', 'n2'), end('b', 'n3'), end('c', 'n1')])
  const { counts, replicas, renamed } = compareEnds(before, after, new Map())
  expect({ counts, replicas }).toEqual({ counts: [], replicas: [] })
  expect(renamed.map(({ replica }) => replica)).toEqual(['a', 'b', 'c'])
})

/** Two replicas of one deployment, on nodes a and b, that go to c and d: the first to c before, and to d after. */
function crossed(first: object, second: object) {
  const cluster = parseProblem({
    schemaVersion: 1,
    nodes: ['a', 'b', 'c', 'd'].map((id) => ({ id, capacity: { cpu: 1 }, costPerHour: 1 })),
    deployments: [{ id: 'web', demand: { cpu: 1 } }],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a', ...first },
      { id: 'web-1', deployment: 'web', node: 'b', ...second }
    ]
  })
  const planTo = async (...nodes: readonly string[]): Promise<Result> => {
    const placement = nodes.map((node, index) => ({ replica: `web-${index}`, node }))
    const planned = await sequence(cluster, { schemaVersion: 1, placement })
    // With names with which the fewest move, whoever can stay does: such a Result is another planner's.
    const movers = cluster.replicas.filter(({ node }, index) => node !== nodes[index])
    const moveCost = movers.reduce((sum, mover) => sum + (mover.moveCost ?? 1), 0)
    return { ...planned, placement, objective: { ...(planned.objective as ObjectiveValue), moveCost } }
  }
  const compared = async (before: readonly string[], after: readonly string[]) =>
    compareResults(cluster, await planTo(...before), await planTo(...after))
  return compared
}

test('who changed places with another moves no less, and at no other price', async () => {
  const compared = crossed({ moveCost: 1 }, { moveCost: 5 })
  const same = await compared(['c', 'd'], ['d', 'c'])
  expect([same.same, same.moves]).toEqual([true, { before: [], after: [] }])
  expect(same.renamed).toHaveLength(2)

  const dearer = await compared(['c', 'b'], ['b', 'c'])
  expect([dearer.figures.moveCost, dearer.same, dearer.renamed]).toEqual([{ before: 1, after: 6 }, false, []])
  expect(dearer.moves.after.map(({ replica, to }) => [replica, to])).toEqual([
    ['web-0', 'b'],
    ['web-1', 'c']
  ])
  expect(dearer.moves.before.map(({ replica, to }) => [replica, to])).toEqual([['web-0', 'c']])
})

test('replicas that are held otherwise are not interchangeable', () => {
  const ends = (first: string, second: string) =>
    new Map(
      [first, second].map((node, index): [string, End] => [
        `web-${index}`,
        { replica: `web-${index}`, deployment: 'web', node, devices: {} }
      ])
    )
  const traits = (hold: string) =>
    new Map([
      ['web-0', { home: 'a', moveCost: 1, hold: '' }],
      ['web-1', { home: 'b', moveCost: 1, hold }]
    ])
  expect(compareEnds(ends('c', 'd'), ends('d', 'c'), traits('')).renamed).toHaveLength(2)
  expect(compareEnds(ends('c', 'd'), ends('d', 'c'), traits('gang')).replicas).toHaveLength(2)
})
