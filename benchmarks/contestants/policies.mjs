/** What peers do: their policies, each on a simulated cluster until it has nothing more to do. */
import { compileInstance } from '../../dist/models/instance/compile.js'
import { PackingState } from '../../dist/src/search/packing-state.js'
import { policies } from '../policies/policies.mjs'
import { refusal } from './attempt.mjs'
import { startClock } from './clock.mjs'
import { judgeState } from './judge.mjs'

/** @import { Problem } from 'replica-compactor' */
/** @import { Policy } from '../policies/policies.mjs' */
/** @import { Attempt, Contestant, Task } from './attempt.mjs' */

/** @type {readonly Contestant[]} */
export const peers = policies.map((policy) => ({
  name: policy.name,
  kind: 'policy',
  description: policy.description,
  usesSeed: false,
  versions: () => [],
  absence: () => null,
  run: (task) => follow(task, policy)
}))

/** @type {(task: Task, policy: Policy) => Promise<Attempt>} */
async function follow({ problem, limitSeconds }, policy) {
  const instance = compileInstance(problem)
  const reason = refuseProblem(problem) ?? policy.refuses(instance)
  if (reason !== null) return refusal(reason)
  const state = new PackingState(instance)
  const maxMoves = problem.budget.maxMigrations ?? Infinity
  const clock = startClock()
  const { starts, rounds, hangs, isFixedPoint } = policy.run(state, {
    maxMoves,
    isLate: () => clock.now() > limitSeconds
  })
  const { seconds, cpuSeconds } = clock.stop()
  const hung = hangs === 0 ? '' : `, ${hangs} of them hung on devices`
  return {
    seconds,
    cpuSeconds,
    termination: `${isFixedPoint ? 'fixed point' : 'time-limit'} after ${rounds} rounds${hung}`,
    answers: isWhole(state) ? [{ seconds, judge: () => judgeState(problem, state) }] : [],
    bounds: [],
    starts
  }
}

/** What none of them has a notion of, in words. @type {(problem: Problem) => string | null} */
function refuseProblem({ headroom, budget, nodes, replicas }) {
  if (headroom.length > 0) return 'keeps no room for more replicas'
  const { maxMoveCost, maxMigrationsPerDeployment } = budget
  if (maxMoveCost !== undefined || maxMigrationsPerDeployment !== undefined) return 'counts moves, not what they cost'
  const hosts = new Set(replicas.map(({ node }) => node))
  return nodes.some(({ id, mustEmpty }) => mustEmpty && hosts.has(id)) ? 'empties no node because it has to' : null
}

/** Whether every replica that is wanted has its place. @type {(state: PackingState) => boolean} */
const isWhole = ({ instance, placed }) =>
  instance.deployments.every(({ index, desired, isHeadroom }) => isHeadroom || (placed[index] ?? 0) >= desired)
