import type { Result } from '../../../models/contract/result.js'
import type { CombinedChange, Conflict, ConflictAnswer } from '../../review/why/conflict-answer.js'
import type { PricedChange } from '../../review/why/priced-changes.js'
import { printable } from '../text/layout.js'
import { formatCount, formatDuration, formatMoney } from '../text/numbers.js'
import { describeSearch } from '../text/proof.js'
import { item, type Section, sentences, someOf } from './section.js'
import { describeChange, tellFailures } from './tell-changes.js'

/** Ways out that are told. */
const MOST_TOLD = 6

/** What cannot hold together, whether each part of it is needed, and the ways out with what the cluster costs then. */
export function tellConflicts(answer: ConflictAnswer, result: Result | undefined): Section[] {
  const { conflicts, changes, combined } = answer
  return [
    ...(conflicts.length > 0
      ? conflicts.map(tellConflict)
      : [
          {
            title: 'No conflict was found.',
            lines: sentences(result === undefined ? [] : [`${describeSearch(result)}.`])
          }
        ]),
    ...tellWays('Single changes that give it an answer, the cheapest cluster first', changes, describeChange),
    ...tellWays('No single change does; these do together', combined, ({ words }) => printable(words)),
    ...tellFailures(answer, 'give it an answer')
  ]
}

function tellConflict({ parts, isProven, remarks }: Conflict, order: number): Section {
  const first = parts.length === 1 ? 'This cannot hold with the nodes as they are' : 'These cannot hold together'
  const isMinimal = parts.every(({ needed }) => needed === true)
  const only =
    parts.length > 1 ? 'Each is needed: without any one of them the others can hold.' : 'Without it all else can hold.'
  return {
    title: `${order === 0 ? first : 'And then these'}${isProven ? '' : ', as far as could be told'}`,
    lines: [
      ...parts.map(({ path, message, needed }) =>
        item(
          printable(`${path}: ${message}`) +
            (needed === true || isMinimal ? '' : ' (whether it is needed is not proven)')
        )
      ),
      ...sentences([...(isMinimal ? [only] : []), ...remarks])
    ]
  }
}

function tellWays<Way extends PricedChange | CombinedChange>(
  title: string,
  ways: readonly Way[],
  describe: (way: Way) => string
): Section[] {
  if (ways.length === 0) return []
  return [{ title, lines: someOf(ways, MOST_TOLD, (way) => item(describe(way), describeEnd(way))) }]
}

function describeEnd({ costPerHour, migrations, makespanSeconds, gap }: PricedChange | CombinedChange): string {
  return [
    `the cluster then costs ${formatMoney(costPerHour)} an hour`,
    `${formatCount(migrations, 'migration')} in ${formatDuration(makespanSeconds)}`,
    ...(gap <= 1e-6 ? ['proven the cheapest'] : [])
  ].join(', ')
}
