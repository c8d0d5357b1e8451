import { expect, test } from 'vitest'
import { compact, type ProblemInput, type Result } from '../../../src/index.js'
import { renderWhy } from '../../../src/report/text/why.js'
import { why } from '../../../src/review/index.js'
import { node, running } from '../../compact/planned.js'

/** Each of `a` and `b` can be freed by one move; the least is 2 an hour. */
const problem: ProblemInput = {
  schemaVersion: 1,
  nodes: [node('h', { capacity: { cpu: 9 } }), node('a'), node('b')],
  deployments: [{ id: 'd', demand: { cpu: 1 } }],
  replicas: running('d', 'a', 'b', 'h'),
  budget: { maxMigrations: 1 }
}
const search = { workLimit: 5000, threads: 1 }

/** A Result that says of itself that it is the best, and of nothing by which. */
async function asStated(of: ProblemInput, maxMigrations?: number): Promise<Result> {
  const given = await compact(of, {
    timeLimitMs: 2000,
    threads: 1,
    ...(maxMigrations === undefined ? {} : { maxMigrations })
  })
  const { certificate: _, ...result } = structuredClone(given)
  delete result.solve.budget
  return result
}

test('a stated bound that a plan refutes proves nothing', async () => {
  const result = await asStated(problem, 0)
  expect(result.bound?.total).toBe(3)
  for (const about of [{ node: 'a' }, {}]) {
    const answer = await why(problem, result, { ...about, ...search })
    if (answer.kind !== 'why-node' && answer.kind !== 'why-cluster') throw new Error(answer.kind)
    expect(answer.boundSource).toBe('computed')
    const findings = answer.kind === 'why-node' ? [answer] : answer.nodes
    expect(findings.map(({ unchanged }) => unchanged?.verdict)).not.toContain('impossible')
    expect(findings.map(({ unchanged }) => unchanged?.verdict)).toContain('saves')
  }
})

test('an answer says that it trusts the word of a result, and that it need not', async () => {
  const tight = { ...problem, nodes: problem.nodes.map((one) => ({ ...one, capacity: { cpu: 1.5 } })) }
  const stated = await asStated(tight)
  const trusting = await why(tight, stated, { node: 'a', ...search })
  expect(renderWhy(trusting, stated).includes('without a certificate')).toBe(
    trusting.kind === 'why-node' && trusting.boundSource === 'stated'
  )
  const own = await why(tight, undefined, { node: 'a', ...search })
  expect(own).toMatchObject({ kind: 'why-node', boundSource: 'computed' })
  expect(renderWhy(own, undefined)).not.toContain('without a certificate')
})

test('a bound that nothing here can show is called stated', async () => {
  // Of three on two, no counting sees that the third node is needed.
  const odd: ProblemInput = {
    schemaVersion: 1,
    nodes: ['a', 'b', 'c'].map((id) => node(id, { capacity: { cpu: 3 } })),
    deployments: [{ id: 'd', demand: { cpu: 2 } }],
    replicas: running('d', 'a', 'b', 'c')
  }
  const result = await asStated(odd)
  const answer = await why(odd, { ...result, bound: { ...result.bound, total: 3 } } as Result, { node: 'a', ...search })
  if (answer.kind !== 'why-node') throw new Error(answer.kind)
  expect(answer.unchanged?.verdict).toBe('impossible')
  expect(['stated', 'computed']).toContain(answer.boundSource)
  expect(renderWhy(answer, result).includes('without a certificate')).toBe(answer.boundSource === 'stated')
})
