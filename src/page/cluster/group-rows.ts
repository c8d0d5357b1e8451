import { FATE_NAMES } from '../../report/cluster/fate-words.js'
import type { NodeRow } from '../desk/views.js'

export type Grouping = 'type' | 'fate' | 'none'

/** Which nodes are shown, and how they are put together. */
export interface Filter {
  readonly fate: NodeRow['fate'] | 'all'
  /** A part of the name or the type. */
  readonly text: string
  readonly grouping: Grouping
}

export const noFilter: Filter = { fate: 'all', text: '', grouping: 'type' }

/** Rows, by number, under one heading. */
export interface RowGroup {
  readonly title: string
  readonly rows: readonly number[]
}

/** Numbers of the rows that a filter lets through, in their order. */
export function selectRows(rows: readonly NodeRow[], { fate, text }: Filter): number[] {
  const wanted = text.trim().toLowerCase()
  return rows.flatMap(({ id, type, fate: own }, row) => {
    if (fate !== 'all' && own !== fate) return []
    return wanted === '' || id.toLowerCase().includes(wanted) || type.toLowerCase().includes(wanted) ? [row] : []
  })
}

/** The groups with the dearest nodes first, by the dearest of each; within one, the rows keep their order. */
export function groupRows(rows: readonly NodeRow[], selected: readonly number[], grouping: Grouping): RowGroup[] {
  const groups = new Map<string, number[]>()
  for (const row of selected) {
    const { type, fate } = rows[row] as NodeRow
    const title = grouping === 'none' ? '' : grouping === 'type' ? type : FATE_NAMES[fate]
    const group = groups.get(title)
    if (group === undefined) groups.set(title, [row])
    else group.push(row)
  }
  const dearest = (members: readonly number[]) =>
    members.reduce((most, row) => Math.max(most, rows[row]?.costPerHour ?? 0), 0)
  return [...groups]
    .map(([title, members]) => ({ group: { title, rows: members }, price: dearest(members) }))
    .sort((one, other) => other.price - one.price)
    .map(({ group }) => group)
}
