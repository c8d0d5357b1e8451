import { expect, test } from 'vitest'
import { verifyPlacement } from '../../models/checker/verify-placement.js'
import { parseProblem } from '../../models/contract/parse.js'

/** What the checker says when one replica is kept of a deployment that is pinned and has one too many; a copy of it may have a word of its own. */
function keepOnly(kept: string, freed: { movable?: true }): string[] {
  const problem = parseProblem({
    schemaVersion: 1,
    nodes: ['a', 'b'].map((id) => ({ id, capacity: {}, costPerHour: 1 })),
    deployments: [{ id: 'd', demand: {}, replicas: 1, movable: false }],
    replicas: [
      { id: 'first', deployment: 'd', node: 'a', ...freed },
      { id: 'second', deployment: 'd', node: 'b' }
    ]
  })
  const placement = problem.replicas.flatMap(({ id, node }) => (id === kept ? [{ replica: id, node: node ?? '' }] : []))
  return verifyPlacement(problem, { placement, newNodes: [], headroom: [], assumedDevices: [] }).map(({ code }) => code)
}

test('a replica pinned with its deployment is not stopped while another may be', () => {
  expect(keepOnly('first', { movable: true })).toEqual(['pinned'])
  expect(keepOnly('second', { movable: true })).toEqual([])
})

test('where more are pinned with their deployment than are wanted, any of them is stopped', () => {
  expect(keepOnly('first', {})).toEqual([])
  expect(keepOnly('second', {})).toEqual([])
})
