import type { Decisions } from '../../../models/contract/decisions.js'
import { formatPath } from '../../../models/contract/describe-input.js'
import type { NodeReason, Result } from '../../../models/contract/result.js'
import { appendTo } from '../../../models/grouping.js'
import { MOST_LIMITS } from '../../result/obstacles.js'

/** Codes that hold whatever is decided. */
const HELD_ANYWAY: readonly NodeReason['code'][] = ['not-releasable', 'hosts-pinned', 'hosts-gang', 'hosts-in-flight']
/** Codes that say that no other place is known: a place that was rejected is one of those that are missing. */
const WITHOUT_PLACE: readonly NodeReason['code'][] = ['no-room-elsewhere', 'not-proven']

/** A replica that a decision ties to the node on which it ends, and the path of that. */
interface Tied {
  readonly replica: string
  readonly path: string
}

/**
 * Reasons of nodes with what was decided: a node stays as somebody was pinned there or accepted, with the paths of those decisions, or also as
 * somebody on it was rejected elsewhere.
 */
export function tellDecisions(
  nodes: readonly NodeReason[],
  { placement }: Pick<Result, 'placement'>,
  { accept, reject, pin }: Decisions
): NodeReason[] {
  const ends = new Map(placement.map(({ replica, node }) => [replica, node]))
  const byNode = (list: keyof Decisions, decided: readonly { readonly replica: string }[]) => {
    const tied = new Map<string, Tied[]>()
    for (const [order, { replica }] of decided.entries()) {
      const node = ends.get(replica)
      if (node !== undefined) appendTo(tied, node, { replica, path: formatPath(['decisions', list, order]) })
    }
    return tied
  }
  const [pins, accepts, rejects] = [byNode('pin', pin), byNode('accept', accept), byNode('reject', reject)]
  return nodes.map((reason) => {
    if (HELD_ANYWAY.includes(reason.code)) return reason
    const tied = [...(pins.get(reason.node) ?? []), ...(accepts.get(reason.node) ?? [])]
    const paths = (of: readonly Tied[]) => of.map(({ path }) => path)
    if (tied.length > 0) {
      const replicas = tied.map(({ replica }) => replica)
      return { node: reason.node, code: 'hosts-pinned', replicas, limits: paths(tied).slice(0, MOST_LIMITS) }
    }
    const barred = rejects.get(reason.node) ?? []
    if (barred.length === 0 || !WITHOUT_PLACE.includes(reason.code)) return reason
    return { ...reason, limits: [...paths(barred), ...(reason.limits ?? [])].slice(0, MOST_LIMITS) }
  })
}
