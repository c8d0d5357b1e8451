import { expect, test } from 'vitest'
import type { Problem } from '../../models/contract/problem.js'
import type { Result } from '../../models/contract/result.js'
import { matchesSelector } from '../../models/instance/selector.js'
import { compact, parseProblem } from '../../src/index.js'
import { randomCluster } from '../compact/random-cluster.js'
import { EndState } from './end-state.js'

test('a replica that is said to be in the way fits on no other active node', async () => {
  let checked = 0
  for (let seed = 0; seed < 400; seed++) {
    const problem = parseProblem(randomCluster(seed))
    if (problem.migration.level === 'any-order') continue
    const result = await compact(problem, { solver: 'greedy', seed })
    if (result.primalStatus === 'none') continue
    const end = new EndState(problem, result)
    const searched = (result.explanation.nodes ?? []).filter(
      ({ code }) => code === 'no-room-elsewhere' || code === 'not-proven'
    )
    const active = new Set([
      ...end.copies.map(({ node }) => node),
      ...result.headroom.map(({ node }) => node),
      ...problem.nodes.filter(({ releasable }) => !releasable).map(({ id }) => id)
    ])
    for (const { node, replicas = [], limits = [] } of searched) {
      for (const limit of limits) expect(isThere(problem, limit), `seed ${seed}: ${limit}`).toBe(true)
      for (const replica of replicas) {
        const own = end.copies.find((copy) => copy.replica === replica)
        expect(own?.node, `seed ${seed}`).toBe(node)
        const rest = end.copies.filter((copy) => copy.node !== node)
        const rooms = result.headroom.filter((room) => room.node !== node)
        for (const other of active) {
          if (other === node) continue
          checked++
          const moved = [...rest, { replica, deployment: own?.deployment ?? '', node: other, devices: undefined }]
          const mayStart = isOpenTo(problem, result, own?.deployment ?? '', other)
          const isBroken = end.continuously().isWorse(moved, rest, rooms)
          expect(!mayStart || isBroken, `seed ${seed}: ${replica} on ${other}`).toBe(true)
        }
      }
    }
  }
  expect(checked).toBeGreaterThan(100)
})

/** Whether a copy of a deployment may start on a node, whatever else is there. */
function isOpenTo(problem: Problem, { newNodes }: Result, id: string, node: string): boolean {
  const { nodeSelector = {} } = problem.deployments.find((deployment) => deployment.id === id) ?? {}
  const host = problem.nodes.find((other) => other.id === node)
  const bought = newNodes.find((other) => other.id === node)?.type
  const { labels = {} } = host ?? problem.nodeTypes.find(({ type }) => type === bought) ?? {}
  if (host !== undefined && (!host.acceptsReplicas || host.mustEmpty)) return false
  return matchesSelector(nodeSelector, labels)
}

/** Whether a limit is a resource, or a path to something in the Problem. */
function isThere(problem: Problem, limit: string): boolean {
  if (problem.nodes.some(({ capacity }) => Object.hasOwn(capacity, limit))) return true
  let at: unknown = problem
  for (const part of limit.split(/[.[\]]+/).filter((word) => word !== ''))
    at = (at as Record<string, unknown> | undefined)?.[part]
  return at !== undefined
}
