import type { Decisions } from '../../../models/contract/decisions.js'
import type { Assignment } from '../../../models/contract/placement.js'
import type { Problem } from '../../../models/contract/problem.js'

/**
 * Whether replicas of a placement can be named so that it obeys decisions, by trying all names for those that start anywhere. Knows nothing
 * of how plans are revised.
 */
export function obeys(
  { replicas }: Problem,
  placement: readonly Pick<Assignment, 'replica' | 'node' | 'deployment'>[],
  { accept, reject, pin }: Decisions
): boolean {
  const homes = new Map(replicas.map(({ id, node }) => [id, node]))
  const ownerOf = ({ replica, deployment = '' }: Pick<Assignment, 'replica' | 'deployment'>) =>
    replicas.find(({ id }) => id === replica)?.deployment ?? deployment
  const ends = new Map(placement.map(({ replica, node }) => [replica, node]))
  const starts = placement.filter(({ replica, node }) => homes.get(replica) !== node)
  for (const { replica } of pin) if (ends.get(replica) !== homes.get(replica)) return false
  for (const { deployment, node, others } of reject) {
    if (starts.filter((one) => one.node === node && ownerOf(one) === deployment).length > others) return false
  }
  const mayTake = (replica: string, node: string) =>
    homes.get(replica) !== node &&
    accept.every((move) => move.replica !== replica || move.node === node) &&
    reject.every((move) => move.replica !== replica || move.node !== node)
  if (accept.some(({ replica }) => !starts.some((one) => one.replica === replica))) return false
  for (const deployment of new Set(starts.map(ownerOf))) {
    const own = starts.filter((one) => ownerOf(one) === deployment)
    const places = own.map(({ node }) => node)
    const seat = (order: number, left: readonly string[]): boolean => {
      const one = own[order]
      if (one === undefined) return true
      return left.some(
        (node, at) =>
          mayTake(one.replica, node) &&
          seat(
            order + 1,
            left.filter((_, index) => index !== at)
          )
      )
    }
    if (!seat(0, places)) return false
  }
  return true
}
