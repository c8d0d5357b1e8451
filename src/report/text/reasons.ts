import type { MoveReason, NodeReason } from '../../../models/contract/result.js'
import { printable } from './layout.js'
import { formatAmount } from './numbers.js'
import { PURPOSE, STAYS } from './reason-words.js'

/** Names shown of many. */
const MOST_NAMES = 4

/** Why a node stays, in sentences whose subject is `It`. */
export function describeReason({ code, replicas = [], limits = [] }: Omit<NodeReason, 'node'>): string[] {
  const first = `It ${STAYS[code]}.`
  const missing = limits.map(printable).join(', ')
  if (code === 'no-room-elsewhere' || code === 'not-proven') {
    if (limits.length === 0) return [first]
    return replicas.length > 0
      ? [first, `Beside what the other nodes have in the end, none has room for ${nameSome(replicas)}: ${missing}.`]
      : [first, `Each replica fits on some other node, but not all of them together: ${missing}.`]
  }
  if (replicas.length > 0) return [first, `In the way: ${nameSome(replicas)}${missing === '' ? '' : ` (${missing})`}.`]
  return missing === '' ? [first] : [first, `In the way: ${missing}.`]
}

/** What a move is for, in a sentence whose subject is `It`. */
export function describePurpose({ code, node = '', rule = '', replicas = [] }: MoveReason): string {
  return PURPOSE[code].sentence({ node: printable(node), rule, others: nameSome(replicas) })
}

/** The first few names, and how many more there are. */
export function nameSome(names: readonly string[], most = MOST_NAMES): string {
  const shown = names.slice(0, most).map(printable)
  return names.length > most ? `${shown.join(', ')} and ${formatAmount(names.length - most)} more` : shown.join(', ')
}
