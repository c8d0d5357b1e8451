import { formatCount } from '../text/numbers.js'
import { describeReason } from '../text/reasons.js'
import type { DescribedNode, NodeFate } from './describe-cluster.js'

/** What becomes of a node, in a word or two: for a column, a filter or a group. */
export const FATE_NAMES: Record<NodeFate, string> = {
  released: 'released',
  unused: 'idle, released',
  stays: 'stays',
  idle: 'idle, kept',
  new: 'bought',
  rented: 'rented'
}

const TITLES: Record<NodeFate, (nodes: number) => string> = {
  released: (nodes) => `${formatCount(nodes, 'node')} released`,
  unused: (nodes) => `${formatCount(nodes, 'idle node')} released`,
  rented: (nodes) => `${formatCount(nodes, 'node')} rented for the migration`,
  new: (nodes) => `${formatCount(nodes, 'node')} bought`,
  stays: (nodes) => `${formatCount(nodes, 'node')} ${nodes === 1 ? 'stays' : 'stay'}`,
  idle: (nodes) => `${formatCount(nodes, 'idle node')} kept`
}

const SENTENCES: Record<Exclude<NodeFate, 'stays'>, string> = {
  released: 'Everything on it moves away, and it is released.',
  unused: 'Nothing runs on it, and it is released.',
  idle: 'Nothing runs on it in the end, and it is kept.',
  new: 'It is bought.',
  rented: 'It is rented for the migration, and given back.'
}

/** How many nodes have a fate: `3 nodes released`. */
export function countFate(fate: NodeFate, nodes: number): string {
  return TITLES[fate](nodes)
}

/** What becomes of a node and, where the Result says, why and what is in the way: sentences whose subject is `It`. */
export function describeFate({ fate, reason }: Pick<DescribedNode, 'fate' | 'reason'>): string {
  if (fate !== 'stays') return SENTENCES[fate]
  return reason === undefined ? 'It stays.' : describeReason(reason).join(' ')
}

/** Why there is no picture of a node before or after. */
export function describeAbsence(fate: NodeFate, side: 'before' | 'after'): string {
  if (side === 'before') return 'not there yet'
  return fate === 'rented' ? 'given back again' : 'released'
}
