import { describeValue, formatPath } from '../../../../models/contract/describe-input.js'
import { wantedCounts } from '../../../capacity/question/scenario.js'
import { counted, formatNumber } from '../../../result/conflict/words.js'
import type { Proposal } from '../proposal.js'
import type { Scene } from '../scene.js'

/** Less to find room for: smaller headroom, and where nothing has a place, fewer replicas. */
export function proposeLess({ problem, aim, suspects }: Scene): Proposal[] {
  const headroom = problem.headroom.flatMap(({ deployment, replicas }, index): Proposal[] => {
    const isNamed = suspects.has(formatPath(['headroom', index]))
    if (replicas === 0 || (aim === 'feasible' && !isNamed)) return []
    return [
      {
        kind: 'headroom',
        weight: isNamed ? 3 : 1.2,
        most: replicas,
        guess: 1,
        step: (steps) => ({
          edits: [{ path: ['headroom', index, 'replicas'], to: replicas - steps }],
          words: `room for ${formatNumber(replicas - steps)} more of ${describeValue(deployment)}, not ${formatNumber(replicas)}`,
          amount: steps
        }),
        isRelaxation: true
      }
    ]
  })
  if (aim !== 'feasible') return headroom
  const wanted = wantedCounts(problem)
  const all = wanted.reduce((sum, count) => sum + count, 0)
  const fewer = problem.deployments.flatMap(({ id }, index): Proposal[] => {
    const now = wanted[index] as number
    // A Problem asks for one replica at least, where none runs.
    const most = problem.replicas.length === 0 && now === all ? now - 1 : now
    const isNamed = [...suspects.keys()].some(
      (path) => path === 'nodes' || path.startsWith(`${formatPath(['deployments', index])}.`)
    )
    if (most === 0 || !isNamed) return []
    return [
      {
        kind: 'replicas',
        weight: 1.5,
        most,
        guess: 1,
        step: (steps) => ({
          edits: [{ path: ['deployments', index, 'replicas'], to: now - steps }],
          words: `${counted(now - steps, 'replica')} of ${describeValue(id)}, not ${formatNumber(now)}`,
          amount: steps
        }),
        // Fewer may be too few for such a rule, or leave too few in one domain.
        isRelaxation: !problem.rules.some(
          (rule) => (rule.kind === 'at-least' || rule.kind === 'spread') && rule.deployments.includes(id)
        )
      }
    ]
  })
  return [...headroom, ...fewer]
}
