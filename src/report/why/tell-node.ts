import type { NodeAnswer, NodeFindings } from '../../review/why/node-answer.js'
import { printable } from '../text/layout.js'
import { formatCount, formatMoney } from '../text/numbers.js'
import { describePrice } from '../text/price-words.js'
import { describeReason, nameSome } from '../text/reasons.js'
import { type Section, sentences } from './section.js'
import { describeTrust, tellChanges } from './tell-changes.js'

/** Why a node stays or is released, and what would free it. */
export function tellNode(answer: NodeAnswer): Section[] {
  const head = { title: printable(answer.node), aside: `${formatMoney(answer.nodeCostPerHour)} an hour` }
  if (answer.fate !== 'stays') return [{ ...head, lines: sentences(describeReleased(answer)) }]
  const stays = [...describeStay(answer), ...describeUnchanged(answer), ...describeTrust(answer, [answer])]
  return [{ ...head, lines: sentences(stays) }, ...tellChanges(answer, 'free it')]
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
