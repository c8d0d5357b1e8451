import type { ReplicaAnswer } from '../../review/why/replica-answer.js'
import { printable } from '../text/layout.js'
import { formatCount } from '../text/numbers.js'
import { describePrice } from '../text/price-words.js'
import { HELD, STAYS } from '../text/reason-words.js'
import { describePurpose } from '../text/reasons.js'
import { type Section, sentences } from './section.js'

/** Limits told of many. */
const MOST_LIMITS = 4

/** Why a replica moves or stays, and what the contrary would cost. */
export function tellReplica(answer: ReplicaAnswer): Section[] {
  const { replica, deployment, purpose, held, kept, elsewhere } = answer
  const facts = [
    describeWhere(answer),
    ...(purpose === undefined ? [] : [describePurpose(purpose)]),
    ...(held === undefined ? [] : [HELD[held.code].sentence]),
    ...describeNode(answer)
  ]
  return [
    { title: printable(replica), aside: `of ${printable(deployment)}`, lines: sentences(facts) },
    ...(kept === undefined
      ? []
      : [{ title: 'To keep it where it runs', lines: sentences([describeKept(kept)]) } satisfies Section]),
    ...(elsewhere === undefined
      ? []
      : [
          {
            title: 'To have it elsewhere, and all others as they are',
            lines: sentences(describeElsewhere(elsewhere))
          } satisfies Section
        ])
  ]
}

function describeWhere({ fate, from, to }: ReplicaAnswer): string {
  switch (fate) {
    case 'moves':
      return `It moves from ${printable(from ?? '')} to ${printable(to ?? '')}.`
    case 'stays':
      return `It stays on ${printable(to ?? '')}.`
    case 'placed':
      return `It starts on ${printable(to ?? '')}.`
    case 'stopped':
      return 'It is stopped: it is leaving, or more run than are wanted.'
    default:
      return 'It gets no node.'
  }
}

function describeNode({ replica, node }: ReplicaAnswer): string[] {
  if (node === undefined) return []
  const stays = `${printable(node.node)} ${STAYS[node.code]}`
  if (node.replicas?.includes(replica) === true) {
    const limits = (node.limits ?? []).map(printable).join(', ') || 'it is held'
    return [`${stays}, and this replica is in the way: ${limits}.`]
  }
  return [`${stays}${node.code === 'saves-nothing' ? '; nothing is saved by moving it' : ''}.`]
}

function describeKept({ verdict, price }: NonNullable<ReplicaAnswer['kept']>): string {
  if (verdict === 'impossible') return 'It is proven that it cannot stay.'
  if (price === undefined) return 'No plan was found in which it stays.'
  return `Set movable: false. That ${describePrice(price)}.`
}

function describeElsewhere(elsewhere: NonNullable<ReplicaAnswer['elsewhere']>): string[] {
  const { verdict, node, type, price, rooms, limits } = elsewhere
  const missing = limits
    .slice(0, MOST_LIMITS)
    .map(({ limit, nodes }) => `${printable(limit)} (${formatCount(nodes, 'node')})`)
    .join(', ')
  const room =
    rooms === 0
      ? `No other active node may have it${missing === '' ? '' : `: ${missing}`}.`
      : `${formatCount(rooms, 'other active node')} may have it.`
  if (verdict === 'works' && node !== undefined && price !== undefined) {
    const where = `${printable(node)}${type === undefined ? '' : `, a new ${printable(type)},`}`
    return [room, `On ${where} it ${describePrice(price)}.`]
  }
  const none =
    verdict === 'impossible'
      ? 'Nor may an idle or a new one.'
      : 'No safe order of moves that leads elsewhere was found.'
  return [room, none]
}
