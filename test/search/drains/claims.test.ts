import { describe, expect, it } from 'vitest'
import { verifyResult } from '../../../models/checker/verify-result.js'
import { parseProblem } from '../../../models/contract/parse.js'
import { compact } from '../../../src/compact.js'
import { node, planned, running } from '../../compact/planned.js'
import { randomCluster } from '../../compact/random-cluster.js'

const ON_RAY = { executableOn: 'ray', workLimit: 200, solver: 'greedy' } as const

describe('plans that Ray can execute', () => {
  it('start those that wait where Serve puts them, however alike they are', async () => {
    const problem = parseProblem(randomCluster(145))
    const result = await compact(problem, ON_RAY)
    expect(verifyResult(problem, result)).toEqual([])
    expect(result).toMatchObject({ termination: 'optimal', primalStatus: 'feasible', unplaced: [] })
  })

  it('buy no node, not even for headroom', async () => {
    const { result } = await planned(
      {
        nodes: ['a', 'b'].map((id) => node(id, { capacity: { cpu: 4 } })),
        nodeTypes: [{ type: 't', capacity: { cpu: 4 }, costPerHour: 0.1, maxNew: 2 }],
        deployments: [{ id: 'd', demand: { cpu: 2 } }],
        replicas: running('d', 'a', 'b'),
        headroom: [{ deployment: 'd', replicas: 3 }]
      },
      ON_RAY
    )
    expect(result.newNodes).toEqual([])
    expect(result.termination).toBe('infeasible')
  })

  it('are not called the best where Serve can do better and no Result tells it', async () => {
    const { result } = await planned(
      {
        nodes: [node('a', { costPerHour: 5 }), node('b', { capacity: { cpu: 9 } })],
        deployments: [
          { id: 's', demand: { cpu: 1 }, replicas: 1 },
          { id: 'x', demand: { cpu: 1 } }
        ],
        // Of the two of s Serve stops the one on b, where fewest are; drained, the one on a goes there.
        replicas: [...running('s', 'a', 'b'), ...running('x', 'a', 'a', 'b')]
      },
      ON_RAY
    )
    expect(result.objective?.costPerHour).toBe(6)
    expect(result.termination).not.toBe('optimal')
    expect(result.bound?.total).toBeLessThanOrEqual(1)
  })
})

describe('where Serve would start a waiting replica where it must not run', () => {
  const problem = {
    nodes: ['b', 'c'].map((id) => node(id)),
    deployments: ['w', 'v'].map((id) => ({ id, demand: { cpu: 1 } })),
    rules: [{ kind: 'conflict' as const, between: [['w'], ['v']] as [string[], string[]] }],
    replicas: [...running('w', 'b', 'b', 'c'), ...running('v', null)]
  }

  it('nothing is drained, who and where is told, and nothing is said to be proven', async () => {
    const { result } = await planned({ ...problem, pending: 'best-effort' }, ON_RAY)
    expect(result.objective).toMatchObject({ migrations: 0, costPerHour: 2 })
    expect(result.unplaced).toEqual([{ replica: 'v-0', deployment: 'v' }])
    expect(result.termination).not.toBe('optimal')
    expect(result.bound?.total).toBeLessThanOrEqual(1)
    expect(result.explanation.notes).toContainEqual(
      expect.stringContaining('Ray Serve would start a waiting replica of "v" on "b", where it must not run')
    )
  })

  it('nothing is said to be out of reach where it is required', async () => {
    const { result } = await planned(problem, ON_RAY)
    expect(result.termination).not.toBe('infeasible')
  })
})

describe('where no plan is found', () => {
  it('nothing is said to be proven of a deadline that sequences do not know', async () => {
    const { result } = await planned(
      {
        nodes: [
          node('large', { capacity: { cpu: 40 }, costPerHour: 9 }),
          node('other'),
          node('empty', { mustEmpty: true })
        ],
        deployments: [{ id: 'd', demand: { cpu: 1 }, startupSeconds: 60, drainSeconds: 30 }],
        replicas: running('d', 'large', 'empty', 'other'),
        migration: { deadlineSeconds: 100 }
      },
      ON_RAY
    )
    expect(result.termination).not.toBe('infeasible')
  })
})
