import type { ReachMoves, ReachNodes } from '../../capacity/reach/reach.js'

/** What the nodes are on which growth is looked for. */
export const REACH_NODES: Readonly<Record<ReachNodes, string>> = {
  plan: 'the nodes that the plan keeps',
  listed: 'all listed nodes',
  purchasable: 'all listed nodes and what may be bought'
}

/** What growth on these nodes goes until, or with. */
export const REACH_UNTIL: Readonly<Record<ReachNodes, string>> = {
  plan: 'until the next node',
  listed: 'until nothing fits',
  purchasable: 'with what may be bought'
}

/** What may move to make room. */
export const REACH_MOVES: Readonly<Record<ReachMoves, string>> = {
  repack: 'everything may move',
  none: 'nothing moves'
}
