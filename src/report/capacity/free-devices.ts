import type { Fragmentation } from '../../capacity/holes/fragmentation.js'
import type { Holes } from '../../capacity/holes/holes.js'

/** Devices that are free, now and after the plan, and how many of them are of no use to a replica of today's mix. */
export function freeDevices(now: Holes, after: Holes | null): (Fragmentation & { readonly label: string })[] {
  const named = (holes: Holes | null, when: string) =>
    (holes?.fragmentation ?? []).map((measured) => ({ ...measured, label: `${measured.resource}, ${when}` }))
  return [...named(now, 'now'), ...named(after, 'after the plan')]
}
