import { mostWithSlack, widened } from '../instance/binding-limit.js'
import { type Entry, entriesOf, type ProgramDraft } from './draft.js'
import type { NodeDevices, Overload, Stayers } from './tied-devices.js'

/**
 * Room in fragments: what a device has left beside the copies tied to it serves arrivals of a share of at least t only in whole ones. With κ_h
 * the number of such arrivals that device h may take,
 *
 *   t · κ_h + Σ share · s ≤ 1,     κ_h ≤ ⌊1/t⌋ whole
 *   Σ_{share ≥ t} a + ⌊1/t⌋ · Σ whole · (s + a) ≤ Σ_h κ_h + ⌊1/t⌋ · (devices without tied copies)
 *
 * for every t among the shares that may arrive. Overloaded devices take nothing before they are repaired.
 * Returns the number of columns that it took.
 */
export function addFragmentRows(
  draft: ProgramDraft,
  here: NodeDevices,
  stayers: Stayers,
  overloads: ReadonlyMap<number, Overload>
): number {
  const { instance, builder } = draft
  const { node, resource, shares, wholes, full, demandOf } = here
  const arriving = shares.filter(({ arrivals }) => arrivals.length > 0)
  // Whole copies are tied to overloaded devices only; which devices they hold beside these is not known here.
  const isTiedWhole = [...stayers.values()].some((tied) => tied.some(({ share }) => share >= 1))
  if (stayers.size === 0 || isTiedWhole) return 0
  let added = 0
  const free = (instance.nodes[node]?.capacity[resource] ?? 0) - stayers.size
  for (const least of new Set(arriving.map(demandOf))) {
    const fitting = Math.floor(widened(1) / least)
    const large = arriving.filter((presence) => demandOf(presence) >= least)
    const name = `${instance.resources[resource]} ${instance.nodes[node]?.id} in shares of ${least}`
    const taken: Entry[] = entriesOf(large, 'arrivals')
    for (const presence of wholes) {
      for (const column of presence.columns) taken.push([column, fitting * demandOf(presence)])
    }
    added += stayers.size
    for (const [device, tied] of stayers) {
      const room = builder.column(`room ${name} ${device}`, { upper: fitting, integer: true })
      const entries: Entry[] = [[room, least], ...tied.map(({ stay, share }): Entry => [stay, share])]
      const overload = overloads.get(device)
      if (overload !== undefined) {
        entries.push([overload.excess, -1])
        builder.row(`joining ${name} ${device}`, -Infinity, 0, [
          [room, 1],
          [overload.joins, -fitting]
        ])
      }
      builder.row(`room ${name} ${device}`, -Infinity, mostWithSlack(full), entries)
      taken.push([room, -1])
    }
    builder.row(`fragments ${name}`, -Infinity, fitting * free, taken)
  }
  return added
}
