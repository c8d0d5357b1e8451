/** What the replicas of a day would cost at least, if they could be anywhere at any moment: the proven bound, integrated over the day. */
import { compact } from 'replica-compactor'

/** @import { ProblemInput } from 'replica-compactor' */

/** Units of work for each moment: about two seconds. */
const WORK_LIMIT = 2000

/**
 * In dollars. problems: the cluster at moments so many seconds apart.
 *
 * @type {(problems: readonly ProblemInput[], apartSeconds: number) => Promise<number>}
 */
export async function boundDay(problems, apartSeconds) {
  let dollars = 0
  for (const problem of problems) {
    const { bound } = await compact({ ...problem, nodeTypes: unlimited(problem) }, { workLimit: WORK_LIMIT })
    if (bound === undefined) throw new Error('a cluster that runs has no placement')
    dollars += (bound.costPerHour * apartSeconds) / 3600
  }
  return dollars
}

/** As many of each type as there are replicas. @type {(problem: ProblemInput) => ProblemInput['nodeTypes']} */
const unlimited = ({ nodeTypes = [], replicas }) => nodeTypes.map((type) => ({ ...type, maxNew: replicas.length }))
