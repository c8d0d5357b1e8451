import { parseProblem } from '../../../models/contract/parse.js'
import type { Problem, ProblemInput } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import { compact } from '../../../src/compact.js'

/** Nodes with room for four; two replicas of web on each of a and b, one of db on c, which is the largest and dearest. */
export function smallCluster(changes: Partial<ProblemInput> = {}): Problem {
  return parseProblem({
    schemaVersion: 1,
    nodes: [
      { id: 'a', capacity: { cpu: 4 }, costPerHour: 4 },
      { id: 'b', capacity: { cpu: 4 }, costPerHour: 4 },
      { id: 'c', capacity: { cpu: 8 }, costPerHour: 9 },
      { id: 'd', capacity: { cpu: 4 }, costPerHour: 5 }
    ],
    deployments: [
      { id: 'web', demand: { cpu: 1 } },
      { id: 'db', demand: { cpu: 2 } }
    ],
    replicas: [
      { id: 'web-0', deployment: 'web', node: 'a' },
      { id: 'web-1', deployment: 'web', node: 'b' },
      { id: 'web-2', deployment: 'web', node: 'd' },
      { id: 'db-0', deployment: 'db', node: 'c' }
    ],
    ...changes
  })
}

/** A proven plan, without a solver's threads where greedy does. */
export async function planOf(problem: Problem): Promise<Result> {
  return await compact(problem, { relativeGap: 0, timeLimitMs: 5_000, threads: 1 })
}

/** Where each replica ends. */
export function endsOf({ placement }: Result): Record<string, string> {
  return Object.fromEntries(placement.map(({ replica, node }) => [replica, node]))
}

/** Replicas that a plan moves or starts. */
export function movesOf({ replicas }: Problem, { placement }: Result): string[] {
  const homes = new Map(replicas.map(({ id, node }) => [id, node]))
  return placement.flatMap(({ replica, node }) => (homes.get(replica) === node ? [] : [replica]))
}
