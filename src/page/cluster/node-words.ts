import { formatCount, formatMoney } from '../../report/text/numbers.js'
import type { NodeCell, NodeRow } from '../desk/views.js'

/** How a node is at a moment, in a word or two. */
export function describeStanding({ fate }: NodeRow, cell: NodeCell): string {
  const { presence, copies, isCordoned } = cell
  if (presence === 'released') return 'released'
  if (presence === 'awaited') return fate === 'rented' ? 'not rented yet' : 'not bought yet'
  if (presence === 'ordered') return 'on its way'
  if (cell.starting > 0) return cell.draining > 0 ? 'exchanging' : 'filling'
  if (cell.draining > 0) return 'draining'
  if (copies === 0) return 'empty'
  return isCordoned ? 'to be emptied' : 'in use'
}

/** A node at a moment, in a sentence: what its picture says. */
export function describeNode(row: NodeRow, cell: NodeCell): string {
  const { id, type, costPerHour, resources } = row
  const use = resources.map(({ name }, index) => `${name} ${Math.round((cell.shares[index] ?? 0) * 100)} %`)
  const copies = formatCount(cell.copies, 'replica')
  const parts = [id, type, `${formatMoney(costPerHour)} an hour`, describeStanding(row, cell), copies, ...use]
  return parts.filter((part) => part !== '').join(', ')
}
