import { groupBy } from '../../models/grouping.js'
import type { Mover } from './agenda.js'
import type { Attempt } from './carry-out.js'
import { describeLimit } from './limit-names.js'

/** A move that is not made, and why. */
export interface GivenUp {
  readonly replica: string
  readonly deployment: number
  /** Where it stays; −1 for a replica that gets no node. */
  readonly from: number
  /**
   * blocked: no safe order was found. all-or-nothing: others are blocked, and none may be cut. gang, final-rule: others that stay
   * need it to stay. deadline: it would end too late. pointless: it serves nothing any more.
   */
  readonly reason: 'blocked' | 'all-or-nothing' | 'gang' | 'final-rule' | 'deadline' | 'pointless'
  /** The limits in its way, in words. */
  readonly limits: readonly string[]
  /** The nodes of the blocked kernel: what it leaves, where it would go, what its limits concern. */
  readonly nodes: readonly number[]
}

/** All that was given up, and the nodes concerned: solving again with room for every order there avoids it. */
export interface Cut {
  readonly moves: readonly GivenUp[]
  readonly nodes: readonly number[]
}

/** Says of movers that stay what is in their way. */
export function describeCut(
  { progress, blockedSlots }: Attempt,
  movers: readonly { readonly mover: Mover; readonly reason: GivenUp['reason'] }[]
): GivenUp[] {
  const slotsOf = groupBy(blockedSlots, ({ pool }) => pool)
  const inTheWay = new Map<number, { readonly nodes: ReadonlySet<number>; readonly limits: ReadonlySet<string> }>()
  /** The same for a whole pool, which may be thousands. */
  const findInTheWay = (pool: number) => {
    const known = inTheWay.get(pool)
    if (known !== undefined) return known
    const nodes = new Set<number>()
    const limits = new Set<string>()
    for (const slot of slotsOf.get(pool) ?? []) {
      nodes.add(slot.node)
      const blocker = progress.blockerOf(slot.index)
      if (blocker < 0) continue
      const { limit, nodes: concerned } = describeLimit(progress.instance, progress.limits.locate(blocker))
      limits.add(limit)
      for (const node of concerned) nodes.add(node)
    }
    const found = { nodes, limits }
    inTheWay.set(pool, found)
    return found
  }
  return movers.map(({ mover, reason }) => {
    const { replica, deployment, from, pool } = mover
    const { nodes, limits } = reason === 'blocked' ? findInTheWay(pool) : { nodes: [], limits: [] }
    const concerned = new Set([...(from >= 0 ? [from] : []), ...nodes])
    return { replica, deployment, from, reason, limits: [...limits], nodes: [...concerned] }
  })
}
