import type { Result } from '../../../models/contract/result.js'
import type { CombinedChange, Conflict, ConflictAnswer } from '../../review/why/conflict-answer.js'
import type { PricedChange } from '../../review/why/priced-changes.js'
import { indent } from './layout.js'
import { formatCount, formatDuration, formatMoney } from './numbers.js'
import { describeSearch } from './proof.js'
import type { Style } from './style.js'
import { describeChange, renderFailures, renderLine } from './why-changes.js'

/** Ways out that are shown. */
const MOST_SHOWN = 6

/** What cannot hold together, whether each part of it is needed, and the ways out with what the cluster costs then. */
export function renderConflicts(answer: ConflictAnswer, result: Result | undefined, style: Style): string[][] {
  const { conflicts, changes, combined } = answer
  const head =
    conflicts.length > 0
      ? []
      : [['No conflict was found.', ...(result === undefined ? [] : indent([`${describeSearch(result)}.`], style))]]
  return [
    ...head,
    ...conflicts.map((conflict, order) => renderConflict(conflict, order, style)),
    ...(changes.length === 0
      ? []
      : [
          [
            style.strong('Single changes that give it an answer, the cheapest cluster first'),
            ...changes.slice(0, MOST_SHOWN).flatMap((change) => renderWay(describeChange(change), change, style))
          ]
        ]),
    ...(combined.length === 0
      ? []
      : [
          [
            style.strong('No single change does; these do together'),
            ...combined.slice(0, MOST_SHOWN).flatMap((change) => renderWay(change.words, change, style))
          ]
        ]),
    ...renderFailures(answer, 'give it an answer', style)
  ]
}

function renderConflict({ parts, isProven, remarks }: Conflict, order: number, style: Style): string[] {
  const first = parts.length === 1 ? 'This cannot hold with the nodes as they are' : 'These cannot hold together'
  const title = order === 0 ? first : 'And then these'
  const proof = isProven ? '' : ', as far as could be told'
  const isMinimal = parts.every(({ needed }) => needed === true)
  return [
    style.strong(`${title}${proof}`),
    ...parts.flatMap(({ path, message, needed }) =>
      renderLine(
        `${path}: ${message}${needed === true || isMinimal ? '' : ' (whether it is needed is not proven)'}`,
        style
      )
    ),
    ...(isMinimal
      ? indent(
          [
            parts.length > 1
              ? 'Each is needed: without any one of them the others can hold.'
              : 'Without it all else can hold.'
          ],
          style
        )
      : []),
    ...remarks.flatMap((remark) => indent([remark], style))
  ]
}

function renderWay(words: string, price: PricedChange | CombinedChange, style: Style): string[] {
  const { costPerHour, migrations, makespanSeconds, gap } = price
  const facts = [
    `the cluster then costs ${formatMoney(costPerHour)} an hour`,
    `${formatCount(migrations, 'migration')} in ${formatDuration(makespanSeconds)}`,
    ...(gap <= 1e-6 ? ['proven the cheapest'] : [])
  ].join(', ')
  return [...renderLine(words, style), ...renderLine(facts, style, 4).map(style.faint)]
}
