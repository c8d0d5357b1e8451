import type { Study } from '../../../models/contract/study.js'
import { floorCounts } from '../study/floors.js'
import type { Fleet } from './fleet.js'

/** [deployment]: copies wanted, of headroom as many as the study says. */
export function wantedOf({ instance }: Fleet, counts: ReadonlyMap<string, number>): Float64Array {
  return Float64Array.from(instance.deployments, ({ id, isHeadroom, desired }) =>
    isHeadroom ? desired : (counts.get(id) ?? 0)
  )
}

/** [row]: what each linking row of the fleet has to come to; floors depend on the replicas. */
export function linkLeastOf(
  study: Study,
  { problem, floorOf }: Fleet,
  counts: ReadonlyMap<string, number>
): Float64Array {
  const floors = floorCounts(study, counts)
  return problem.linkLeast.map((least, row) => {
    const deployment = floorOf[row] as number
    return deployment < 0 ? least : (floors.get(study.deployments[deployment]?.id ?? '') ?? 0)
  })
}
