import { verifyCertificate } from '../../../models/certificate/verify-certificate.js'
import type { Result } from '../../../models/contract/result.js'
import type { Instance } from '../../../models/instance/instance.js'
import { isLess } from '../../../models/rounding.js'
import { coveringBound } from '../../search/covering-bound.js'

/** Where a bound comes from. computed: anew. certificate: recomputed from that. stated: as the Result that was revised says. */
export type BoundSource = 'computed' | 'certificate' | 'stated'

/** A bound that holds for all placements of a Problem, whatever was decided. */
export interface KnownBound {
  readonly source: BoundSource
  readonly costPerHour: number
  /** On the primary objective. */
  readonly total: number
}

/** Units of work that a certificate may take: a fifth of a second or so. */
const MOST_TO_RECOMPUTE = 200_000

/**
 * Bounds for all placements: what is computed anew, and what the Result that is revised proves by its certificate or, where the caller trusts it,
 * states. Weaker ones first.
 */
export function knownBounds(instance: Instance, result: Result, isTrusted: boolean): KnownBound[] {
  const { horizonHours } = instance.problem.objective
  const covering = coveringBound(instance)
  const known: KnownBound[] = [{ source: 'computed', costPerHour: covering, total: covering * (horizonHours ?? 1) }]
  const { bound, certificate, solve } = result
  if (certificate !== undefined && isWithin(instance, certificate)) {
    const { confirmed } = verifyCertificate(instance.problem, result, MOST_TO_RECOMPUTE)
    known.push({ source: 'certificate', costPerHour: horizonHours === null ? confirmed : covering, total: confirmed })
  }
  if (isTrusted && bound !== undefined && isWithin(instance, solve.budget))
    known.push({ source: 'stated', costPerHour: bound.costPerHour, total: bound.total })
  return known.sort((left, right) => left.total - right.total)
}

/** Whether a budget is no larger than one for which something was proven: what holds within a tighter one says nothing of others. */
function isWithin(
  { budget }: Instance,
  { maxMigrations = Infinity, maxMoveCost = Infinity }: Result['solve']['budget'] = {}
): boolean {
  return budget.migrations <= maxMigrations && budget.moveCost <= maxMoveCost
}

/** The best that what was found does not refute. */
export function bestUnrefuted(
  known: readonly KnownBound[],
  found: { readonly costPerHour: number; readonly total: number }
): KnownBound {
  const holds = ({ costPerHour, total }: KnownBound) =>
    !isLess(found.costPerHour, costPerHour) && !isLess(found.total, total)
  return known.filter(holds).at(-1) ?? { source: 'computed', costPerHour: 0, total: 0 }
}
