import type { Result } from '../../../../models/contract/result.js'
import { groupBy } from '../../../../models/grouping.js'
import { formatAmount, formatCount, formatMoney } from '../../text/numbers.js'
import { GIVEN_UP, HELD, NO_CONFLICT_FOUND, PURPOSE, STAYS } from '../../text/reason-words.js'
import { describeKeptNodes } from '../../text/remarks.js'
import { toldHeld, toldNodes } from '../../told-reasons.js'
import { asSentence } from '../capacity/answer-page.js'
import { prose, words } from '../capacity/columns.js'
import type { Block, Section, TableBlock } from '../section.js'
import { violationTable } from './verdict.js'

/** Why the answer is as it is: what stays, what moves are for, what was held or given up; null where nothing is said. */
export function reasonsSection(result: Result): Section | null {
  const blocks = [...keptBlocks(result), ...moveBlocks(result), ...heldBlocks(result), ...givenUpBlocks(result)]
  return blocks.length === 0 ? null : { heading: 'Why', blocks }
}

/** Ids in a cell: more than these are counted. */
const MOST_NAMED = 8

function nameSome(ids: readonly string[] = []): string {
  const rest = ids.length - MOST_NAMED
  return [...ids.slice(0, MOST_NAMED), ...(rest > 0 ? [`${formatAmount(rest)} more`] : [])].join(', ')
}

/** The table without columns in which nothing is said. */
function filled(table: TableBlock): TableBlock {
  const isSaid = table.columns.map((_, column) => table.rows.some((row) => (row[column] ?? '') !== ''))
  return {
    ...table,
    columns: table.columns.filter((_, column) => isSaid[column]),
    rows: table.rows.map((row) => row.filter((_, column) => isSaid[column]))
  }
}

function keptBlocks(result: Result): Block[] {
  const nodes = toldNodes(result)
  const said = describeKeptNodes(result)
  if (nodes.length === 0) return []
  return [
    ...(said === undefined ? [] : [{ kind: 'paragraph', text: `Nodes that stay: ${said}.` } satisfies Block]),
    filled({
      kind: 'table',
      caption: `Why ${formatCount(nodes.length, 'node stays', 'nodes stay')}`,
      columns: [...words('Node'), ...prose('Why'), ...words('In the way', 'Replicas')],
      rows: nodes.map(({ node, code, limits, replicas }) => [
        node,
        asSentence(STAYS[code]),
        nameSome(limits),
        nameSome(replicas)
      ])
    })
  ]
}

function moveBlocks({ explanation }: Result): Block[] {
  const moves = explanation.moves ?? []
  if (moves.length === 0) return []
  const counts = [...groupBy(moves, ({ code }) => code)].sort(([, one], [, other]) => other.length - one.length)
  return [
    {
      kind: 'paragraph',
      text: `Migrations: ${counts.map(([code, group]) => `${formatAmount(group.length)} ${PURPOSE[code].phrase}`).join(', ')}.`
    },
    filled({
      kind: 'table',
      caption: `What ${formatCount(moves.length, 'migration is', 'migrations are')} for`,
      columns: [...words('Replica'), ...prose('What for'), ...words('Node', 'Others', 'Rule')],
      rows: moves.map(({ replica, code, node = '', replicas, rule = '' }) => [
        replica,
        asSentence(PURPOSE[code].phrase),
        node,
        nameSome(replicas),
        rule
      ])
    })
  ]
}

function heldBlocks(result: Result): Block[] {
  const held = toldHeld(result)
  if (held.length === 0) return []
  return [
    {
      kind: 'table',
      caption: `${formatCount(held.length, 'replica')} held in place although a move could have paid`,
      columns: [...words('Replica'), ...prose('Why')],
      rows: held.map(({ replica, code }) => [replica, asSentence(HELD[code].phrase)])
    }
  ]
}

function givenUpBlocks({ explanation }: Result): Block[] {
  const { givenUp } = explanation
  if (givenUp === undefined) return []
  const price = givenUp.costPerHour > 0 ? `, which would save ${formatMoney(givenUp.costPerHour)} more an hour` : ''
  return [
    {
      kind: 'table',
      caption: `${formatCount(givenUp.moves.length, 'move')} given up for a safe way${price}`,
      columns: [...words('Replica'), ...prose('Why', 'Limits in its way')],
      rows: givenUp.moves.map(({ replica, reason, limits }) => [
        replica,
        asSentence(GIVEN_UP[reason]),
        limits.join('; ')
      ])
    }
  ]
}

/** What cannot hold together, where there is no placement; null where there is one. */
export function conflictSection({ primalStatus, termination, explanation }: Result): Section | null {
  if (primalStatus !== 'none' || termination !== 'infeasible') return null
  const conflict = explanation.conflict ?? []
  return {
    heading: 'What cannot hold together',
    blocks: [
      conflict.length === 0
        ? { kind: 'paragraph', text: NO_CONFLICT_FOUND }
        : {
            kind: 'table',
            caption: 'Parts of the problem that contradict each other',
            closed: false,
            columns: [...words('Where'), ...prose('What')],
            rows: conflict.map(({ path, message }) => [path, message])
          }
    ]
  }
}

/** What a reader must not miss: limits that stay broken, replicas without a place, notes; null where there is none. */
export function remarksSection({ violations, unplaced, explanation }: Result): Section | null {
  const notes = explanation.notes ?? []
  const blocks: Block[] = [
    ...(violations.length === 0 ? [] : [violationTable('Limits that stay broken', violations)]),
    ...(unplaced.length === 0
      ? []
      : [
          {
            kind: 'table',
            caption: formatCount(unplaced.length, 'replica without a place', 'replicas without a place'),
            columns: words('Replica', 'Deployment'),
            rows: unplaced.map(({ replica, deployment }) => [replica, deployment])
          } satisfies Block
        ]),
    ...(notes.length === 0 ? [] : [{ kind: 'notes', notes: notes.map(asSentence) } satisfies Block])
  ]
  return blocks.length === 0 ? null : { heading: 'What else to know', blocks }
}
