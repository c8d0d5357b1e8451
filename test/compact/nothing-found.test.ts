import { compact } from 'replica-compactor'
import { describe, expect, test } from 'vitest'
import { expectChecked } from './planned.js'
import { tightCluster } from './tight-cluster.js'

describe('what is not found is not called a contradiction', () => {
  test('when nobody proves anything', async () => {
    const result = await compact(tightCluster, { solver: 'greedy' })
    expectChecked(tightCluster, result)
    expect(result).toMatchObject({ primalStatus: 'none', termination: 'time-limit', solve: { solver: 'greedy' } })
    expect(result.explanation.conflict).toBe(undefined)
    expect(result.explanation.notes).toEqual([expect.stringMatching(/found in time.*--time-limit.*timeLimitMs/)])
  })

  test('when it is interrupted', async () => {
    const run = compact(tightCluster, { solver: 'highs' })
    run.interrupt()
    const { termination, explanation } = await run
    expect(termination).toBe('interrupted')
    expect(explanation.conflict).toBe(undefined)
    expect(explanation.notes).toEqual([expect.stringContaining('before the interrupt')])
  })
})

test('what is proven is', async () => {
  const nodes = tightCluster.nodes.slice(0, 1)
  const result = await compact({ ...tightCluster, nodes })
  expectChecked({ ...tightCluster, nodes }, result)
  expect(result).toMatchObject({
    termination: 'infeasible',
    explanation: { conflict: [{ path: 'deployments[1].replicas' }] }
  })
})
