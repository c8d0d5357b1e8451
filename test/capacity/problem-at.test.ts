import { describe, expect, test } from 'vitest'
import { parseProblem } from '../../models/contract/parse.js'
import type { StudyInput } from '../../models/contract/study.js'
import { verifyResult } from '../../models/verify.js'
import { parseStudy } from '../../src/capacity/study/parse-study.js'
import { problemAt } from '../../src/capacity/study/problem-at.js'
import { compact } from '../../src/compact.js'

const large = { cpu: 16, memory: 64, gpu: 4 }
const small = { cpu: 4, memory: 16, gpu: 1 }

const written = {
  schemaVersion: 1,
  name: 'shop',
  nodeTypes: [
    { type: 'l', capacity: large, costPerHour: 4, maxNew: 50, labels: { 'gpu-memory': '24' } },
    { type: 's', capacity: small, costPerHour: 1.1, maxNew: 50, labels: { 'gpu-memory': '16' } },
    { type: 's:spot', capacity: small, costPerHour: 0.4, maxNew: 50, labels: { 'gpu-memory': '16', market: 'spot' } },
    { type: 'cpu', capacity: { cpu: 64, memory: 256 }, costPerHour: 2, maxNew: 50 }
  ],
  deployments: [
    { id: 'chat', demand: { cpu: 2, memory: 8, gpu: 1 }, minGpuMemory: 20 },
    { id: 'embed', demand: { cpu: 1, memory: 4, gpu: 0.5 }, floor: 0.6 }
  ],
  reservations: [{ type: 'l', nodes: 2, costPerHour: 2.5, labels: { zone: 'a' } }]
} satisfies StudyInput

const counts = (chat: number, embed: number) =>
  new Map([
    ['chat', chat],
    ['embed', embed]
  ])

describe('the Problem of a moment', () => {
  const study = parseStudy(written)

  test('is a Problem, and keeps nothing of the study that is none of it', () => {
    const problem = problemAt(study, counts(3, 5))
    expect(parseProblem(JSON.parse(JSON.stringify(problem)))).toEqual(problem)
    expect(Object.keys(problem.deployments[0] ?? {})).not.toContain('minGpuMemory')
  })

  test('has the reserved nodes, which are never given back', () => {
    const { nodes } = problemAt(study, counts(3, 5))
    expect(nodes.map(({ id }) => id)).toEqual(['reserved-l-1', 'reserved-l-2'])
    expect(nodes[0]).toMatchObject({
      type: 'l',
      capacity: large,
      costPerHour: 2.5,
      labels: { market: 'reserved', 'gpu-memory': '24', zone: 'a' },
      releasable: false
    })
  })

  test('asks for GPU memory by label', () => {
    expect(problemAt(study, counts(1, 1)).deployments[0]?.nodeSelector).toEqual({ 'gpu-memory': ['24'] })
  })

  test('has floors as rules, where there is spot at all', () => {
    expect(problemAt(study, counts(3, 5)).rules).toEqual([
      { kind: 'at-least', deployments: ['embed'], count: 3, nodeSelector: { market: ['on-demand', 'reserved'] } }
    ])
    const steady = parseStudy({ ...written, nodeTypes: written.nodeTypes.filter(({ type }) => type !== 's:spot') })
    expect(problemAt(steady, counts(3, 5)).rules).toEqual([])
  })

  test('offers as many of a type as could be of use, and no type that hosts nothing', () => {
    const offered = problemAt(study, counts(3, 5)).nodeTypes.map(({ type, maxNew }) => [type, maxNew])
    expect(offered).toEqual([
      ['l', 8],
      ['s', 5],
      ['s:spot', 5]
    ])
  })

  test('is answered with new copies for what is not listed, on reserved nodes as far as they reach', async () => {
    const problem = problemAt(study, counts(9, 5))
    const result = await compact(problem, { workLimit: 2000 })
    expect(result.termination).toBe('optimal')
    expect(verifyResult(problem, result)).toEqual([])
    // Two reserved nodes and one more of theirs for chat; embed takes the three devices left there, so its floor holds.
    expect(result.objective?.costPerHour).toBeCloseTo(2 * 2.5 + 4)
    expect(result.placement.filter(({ deployment }) => deployment === 'chat')).toHaveLength(9)
    expect(result.placement.map(({ replica }) => replica)).toContain('embed-new-5')
  })

  test('counts reserved nodes that stay idle', async () => {
    const problem = problemAt(study, counts(1, 0))
    const result = await compact(problem, { workLimit: 1000 })
    expect(result.objective).toMatchObject({ costPerHour: 5, activeNodes: 2 })
    expect(result.newNodes).toEqual([])
  })
})

test('a plain Problem is a study, and its own Problem', () => {
  const plain = {
    schemaVersion: 1,
    nodes: [{ id: 'n', capacity: small, costPerHour: 1, labels: { market: 'on-demand' } }],
    deployments: [{ id: 'd', demand: { cpu: 1 } }],
    replicas: [{ id: 'r', deployment: 'd', node: 'n' }]
  }
  const problem = parseProblem(plain)
  expect(problemAt(parseStudy(plain))).toEqual({
    ...problem,
    deployments: problem.deployments.map((deployment) => ({ ...deployment, replicas: 1 }))
  })
})
