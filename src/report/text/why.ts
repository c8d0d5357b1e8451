import type { Result } from '../../../models/contract/result.js'
import type { NodeAnswer, NodeFindings } from '../../review/why/node-answer.js'
import type { ReplicaAnswer } from '../../review/why/replica-answer.js'
import type { WhyAnswer } from '../../review/why/why.js'
import { indent, printable } from './layout.js'
import { formatCount, formatMoney } from './numbers.js'
import { describePrice } from './price-words.js'
import { HELD, STAYS } from './reason-words.js'
import { describePurpose, describeReason, nameSome } from './reasons.js'
import { plainStyle, type Style } from './style.js'
import { describeTrust, renderChanges } from './why-changes.js'
import { renderCluster } from './why-cluster.js'
import { renderConflicts } from './why-conflict.js'

/** Limits shown of many. */
const MOST_LIMITS = 4

/** An answer of `why` for people. Lines keep to the width of the style; a newline ends the last. */
export function renderWhy(answer: WhyAnswer, result: Result | undefined, style: Style = plainStyle): string {
  const sections = sectionsOf(answer, result, style)
  return sections.map((lines) => `${lines.join('\n')}\n`).join('\n')
}

function sectionsOf(answer: WhyAnswer, result: Result | undefined, style: Style): string[][] {
  switch (answer.kind) {
    case 'why-node':
      return renderNode(answer, style)
    case 'why-replica':
      return renderReplica(answer, style)
    case 'why-cluster':
      return renderCluster(answer, style)
    default:
      return renderConflicts(answer, result, style)
  }
}

function renderNode(answer: NodeAnswer, style: Style): string[][] {
  const title = `${style.strong(printable(answer.node))}  ${style.faint(`${formatMoney(answer.nodeCostPerHour)} an hour`)}`
  if (answer.fate !== 'stays') return [[title], indent(describeReleased(answer), style)]
  return [
    [title],
    indent([...describeStay(answer), ...describeUnchanged(answer), ...describeTrust(answer, [answer])], style),
    ...renderChanges(answer, 'free it', style)
  ]
}

function describeReleased({ fate, left, madeRoom }: NodeFindings): string[] {
  if (fate === 'unused') return ['It hosts nothing, now or in the end, and is not paid for.']
  if (fate === 'idle') return ['It hosts nothing in the end, and is kept.']
  const to = [...new Set(left.map((move) => move.to))]
  const room = madeRoom.map(({ replica }) => replica)
  return [
    `It is released: ${formatCount(left.length, 'replica')} left it for ${nameSome(to)}.`,
    ...(room.length === 0 ? [] : [`There ${nameSome(room)} made room for them.`])
  ]
}

function describeStay({ reason, hosts }: NodeFindings): string[] {
  const on = `It hosts ${formatCount(hosts.length, 'replica')}.`
  if (reason === undefined) return [`The result does not say why it stays. ${on}`]
  const [first = '', ...rest] = describeReason(reason)
  return [`${first} ${on}`, ...rest]
}

function describeUnchanged({ unchanged }: NodeFindings): string[] {
  const { verdict, price } = unchanged ?? {}
  switch (verdict) {
    case 'saves':
      return [
        `No change is needed: with more search it is freed${price === undefined ? '' : `, ${describePrice(price)}`}.`
      ]
    case 'costs-more':
      return price === undefined ? [] : [`It can be emptied as things are: ${describePrice(price)}.`]
    case 'impossible':
      return ['It is proven that no placement frees it and saves anything, unless the problem changes.']
    case 'unknown':
      return ['No plan that empties it was found without a change.']
    default:
      return []
  }
}

function renderReplica(answer: ReplicaAnswer, style: Style): string[][] {
  const { replica, deployment, fate, from, to, purpose, held, node, kept, elsewhere } = answer
  const title = `${style.strong(printable(replica))}  ${style.faint(`of ${printable(deployment)}`)}`
  const where = {
    moves: `It moves from ${printable(from ?? '')} to ${printable(to ?? '')}.`,
    stays: `It stays on ${printable(to ?? '')}.`,
    placed: `It starts on ${printable(to ?? '')}.`,
    stopped: 'It is stopped: it is leaving, or more run than are wanted.',
    unplaced: 'It gets no node.'
  }[fate]
  const sentences = [where]
  if (purpose !== undefined) sentences.push(describePurpose(purpose))
  if (held !== undefined) sentences.push(HELD[held.code].sentence)
  if (node !== undefined)
    sentences.push(
      node.replicas?.includes(replica) === true
        ? `${printable(node.node)} ${STAYS[node.code]}, and this replica is in the way: ${(node.limits ?? []).map(printable).join(', ') || 'it is held'}.`
        : `${printable(node.node)} ${STAYS[node.code]}${node.code === 'saves-nothing' ? '; nothing is saved by moving it' : ''}.`
    )
  return [
    [title],
    indent(sentences, style),
    ...(kept === undefined ? [] : [[style.strong('To keep it where it runs'), ...indent([describeKept(kept)], style)]]),
    ...(elsewhere === undefined
      ? []
      : [
          [
            style.strong('To have it elsewhere, and all others as they are'),
            ...indent(describeElsewhere(elsewhere), style)
          ]
        ])
  ]
}

function describeKept({ verdict, price }: NonNullable<ReplicaAnswer['kept']>): string {
  if (verdict === 'impossible') return 'It is proven that it cannot stay.'
  if (price === undefined) return 'No plan was found in which it stays.'
  return `Set movable: false. That ${describePrice(price)}.`
}

function describeElsewhere({
  verdict,
  node,
  type,
  price,
  rooms,
  limits
}: NonNullable<ReplicaAnswer['elsewhere']>): string[] {
  const missing = limits
    .slice(0, MOST_LIMITS)
    .map(({ limit, nodes }) => `${printable(limit)} (${formatCount(nodes, 'node')})`)
    .join(', ')
  const room =
    rooms === 0
      ? `No other active node may have it${missing === '' ? '' : `: ${missing}`}.`
      : `${formatCount(rooms, 'other active node')} may have it.`
  if (verdict === 'works' && node !== undefined && price !== undefined)
    return [
      room,
      `On ${printable(node)}${type === undefined ? '' : `, a new ${printable(type)},`} it ${describePrice(price)}.`
    ]
  return [
    room,
    verdict === 'impossible'
      ? 'Nor may an idle or a new one.'
      : 'No safe order of moves that leads elsewhere was found.'
  ]
}
