import {
  capacityInequalities,
  type NodeInequality,
  roundedInequalities
} from '../../../models/formulations/node-inequality.js'
import type { BindingLimit } from '../../../models/instance/binding-limit.js'
import type { Conflict } from './conflict.js'
import { exceeds, type Room } from './room.js'
import { counted, formatNumber } from './words.js'

/** Resources of which all required copies together need more than all nodes together have. */
export function findExceededTotals(room: Room): Conflict[] {
  const { instance } = room
  const plain = capacityInequalities(instance)
  const found = plain.flatMap((inequality) => exceeded(room, inequality, inequality.name))
  if (found.length > 0) return found
  return roundedInequalities(instance)
    .flatMap((inequality) => exceeded(room, inequality, `(counted in whole copies and devices: ${inequality.name})`))
    .slice(0, 1)
}

function exceeded(room: Room, { weight, capacity, limits }: NodeInequality, name: string): Conflict[] {
  const { instance } = room
  const asking = instance.deployments.filter(
    (deployment) => (weight[deployment.index] as number) > 0 && room.required(deployment) > 0
  )
  const wanted = asking.reduce(
    (sum, deployment) => sum + (weight[deployment.index] as number) * room.required(deployment),
    0
  )
  // What the nodes have, and what the checker lets them bear.
  let have = 0
  let most = 0
  let closed = 0
  for (const { index, open } of instance.nodes) {
    const now = asking.reduce(
      (sum, deployment) => sum + room.today(deployment.index, index) * (weight[deployment.index] as number),
      0
    )
    const { limit } = limits[index] as BindingLimit
    have += open ? Math.max(now, limit) : now
    most += open ? Math.max(now, capacity[index] as number) : now
    closed += open ? 0 : Math.max(0, limit - now)
  }
  if (!exceeds(wanted, most)) return []
  const beyond = closed > 0 ? `; closed nodes have ${formatNumber(closed)} more` : ''
  const message = `${formatNumber(wanted)} ${name} wanted by ${counted(asking.length, 'deployment')} in all, the nodes have ${formatNumber(have)}${beyond}`
  return [{ path: 'deployments', message, isProof: true }]
}
