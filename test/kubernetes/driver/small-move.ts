import type { ProblemInput } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { ClusterOptions } from '../api-server/cluster.js'
import { sampleNode, sampleWorkload, type WorkloadSample } from '../api-server/objects/samples.js'
import { type DrivenWorld, makeWorld, planTo, problemOf } from './driven-world.js'

export interface SmallMove {
  readonly world: DrivenWorld
  readonly problem: ProblemInput
  readonly result: Result
}

interface SmallMoveOptions extends ClusterOptions {
  readonly web?: WorkloadSample
  readonly change?: (problem: ProblemInput) => ProblemInput
}

/** One of two pods of `web` runs on n1, which is to be emptied onto n2; the other on n3. The scheduler is told to obey. */
export async function smallMove({
  web = {},
  objects = [],
  change,
  ...options
}: SmallMoveOptions = {}): Promise<SmallMove> {
  const wishes = ['n1', 'n3']
  const world = await makeWorld(
    {
      objects: [
        sampleNode('n1'),
        sampleNode('n2'),
        sampleNode('n3'),
        sampleWorkload('web', { replicas: 2, ...web }),
        ...objects
      ],
      ...options
    },
    new Map([['web', wishes]])
  )
  const problem = (change ?? ((same) => same))(problemOf(world))
  const result = await planTo(problem, 'n1', { web: ['n2'] })
  wishes.push('n2')
  return { world, problem, result }
}
