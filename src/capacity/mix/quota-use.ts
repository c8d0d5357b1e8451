import type { Problem } from '../../../models/contract/problem.js'
import type { Result } from '../../../models/contract/result.js'
import type { Quota, Study } from '../../../models/contract/study.js'
import { isLegal } from '../../../models/instance/instance.js'
import { amountTowards } from '../study/quotas.js'

/** The quotas that a Result does not keep, in the end of its plan: all nodes count that are not given back. */
export function brokenQuotas(study: Study, problem: Problem, { newNodes, releasedNodes }: Result): Quota[] {
  const released = new Set(releasedNodes)
  const types = new Map(problem.nodeTypes.map((type) => [type.type, type]))
  const kept = problem.nodes.filter(({ id }) => !released.has(id))
  const bought = newNodes.flatMap(({ type, rented }) => (rented === true ? [] : [types.get(type)]))
  return study.quotas.filter((quota) => {
    const used = [...kept, ...bought].reduce(
      (sum, node) => sum + (node === undefined ? 0 : amountTowards(study, quota, node)),
      0
    )
    return !isLegal(used, quota.max)
  })
}
