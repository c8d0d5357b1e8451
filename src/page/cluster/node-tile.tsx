import type { NodeCell } from '../desk/views.js'

/** A node as a small cell: how full it is of what it has least of. */
export function NodeTile({ cell }: { readonly cell: NodeCell }) {
  const share = Math.min(1, Math.max(0, ...cell.shares))
  return <span class="level" style={{ '--share': share }} />
}
