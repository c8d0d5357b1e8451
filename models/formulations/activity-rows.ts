import { appendTo } from '../grouping.js'
import type { InstanceNode } from '../instance/instance.js'
import type { ProgramDraft } from './draft.js'

/** How many of the open nodes of a kind are active: at least and at most. */
export type ActiveOfKind = (kind: number) => { readonly least: number; readonly most: number }

/** least ≤ Σ y ≤ most over the open nodes of each kind, where such limits are given. */
export function addActivityRows(
  { instance, builder, nodes, active }: ProgramDraft,
  activeOfKind: ActiveOfKind | undefined
): void {
  if (activeOfKind === undefined) return
  const byKind = new Map<number, [number, number][]>()
  for (const [position, node] of nodes.entries()) {
    const column = active[position] as number
    if (column < 0) continue
    const { kind } = instance.nodes[node] as InstanceNode
    appendTo(byKind, kind, [column, 1])
  }
  for (const [kind, entries] of byKind) {
    const { least, most } = activeOfKind(kind)
    builder.row(`active of kind ${kind}`, least, most, entries)
  }
}
