import type { Instance } from '../../models/instance/instance.js'
import type { Target } from '../../models/instance/packing.js'
import type { Attempt } from './carry-out.js'

/** So many copies are looked at: each is one more who may step aside, at every point of the search. */
const MOST_LENDERS = 12

/**
 * Copies that stay in the end, and whose stepping aside for a while may let blocked moves through: it costs two migrations each.
 * Those on nodes that somebody cannot get to come first, then others, whose nodes may do for a stop-over.
 */
export function lendersFor(instance: Instance, target: Target, { blockedSlots }: Attempt): number[] {
  const wanted = new Set(blockedSlots.map(({ node }) => node))
  const stayers = instance.copies.filter(({ index, node, state, hold }) => {
    return state === 'running' && hold === 'none' && target.copies[index]?.node === node
  })
  return [...stayers.filter(({ node }) => wanted.has(node)), ...stayers.filter(({ node }) => !wanted.has(node))]
    .slice(0, MOST_LENDERS)
    .map(({ index }) => index)
}
