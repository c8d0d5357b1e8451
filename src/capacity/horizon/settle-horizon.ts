import type { FilledPeriod } from '../../solvers/fleet/fill-periods.js'
import type { PeriodBatch } from '../../solvers/fleet/period-batch.js'
import type { Fleet } from '../fleet/fleet.js'
import { type BaseOptions, type ChosenBase, changeBase, chooseBase } from './choose-base.js'
import { repairBase } from './repair-base.js'

/** A base with the nodes of every period, or why there are none. */
export interface SettledHorizon {
  readonly chosen: ChosenBase
  /** null where some periods have none: `open` says which. */
  readonly filled: readonly FilledPeriod[] | null
  readonly open: readonly number[]
  /** Whether it is proven that they cannot have any. */
  readonly isProven: boolean
}

/** How often a base is changed because whole nodes do not do with it. */
const MOST_REPAIRS = 6
/** Periods that are looked at together when it is, in all and of each time. */
const MOST_HARD = 24
const HARD_AT_ONCE = 4
/** Less than this is missing by rounding alone. */
const MISSING = 1e-6

/**
 * Chooses the base and fills the periods. Where some cannot be filled, as a quota or what is on offer leaves too little room beside this
 * base, the base is changed so that they can, as little as possible; what was proven holds for any base.
 */
export async function settleHorizon(
  fleet: Fleet,
  batch: PeriodBatch,
  options: BaseOptions,
  fill: (chosen: ChosenBase) => Promise<readonly (FilledPeriod | null)[]>
): Promise<SettledHorizon> {
  let chosen = await chooseBase(fleet, batch, options)
  const hard = new Set<number>()
  for (let repairs = 0; ; repairs++) {
    const { missing } = chosen.priced
    let open = [...missing.keys()].filter((period) => (missing[period] as number) > MISSING)
    const worst = [...open].sort((one, other) => (missing[other] as number) - (missing[one] as number))
    if (open.length === 0) {
      const filled = await fill(chosen)
      open = [...filled.keys()].filter((period) => filled[period] === null)
      if (open.length === 0) return { chosen, filled: filled as readonly FilledPeriod[], open, isProven: false }
      worst.push(...open)
    }
    for (const period of worst.slice(0, HARD_AT_ONCE)) hard.add(period)
    const base = { ...batch, base: chosen.nodes, patterns: chosen.patterns }
    const repaired =
      repairs < MOST_REPAIRS && hard.size <= MOST_HARD ? await repairBase(fleet, base, [...hard], options) : 'unknown'
    if (typeof repaired === 'string') {
      const isProven = repaired === 'impossible' || (await isBeyondAll(fleet, batch, chosen, options))
      return { chosen, filled: null, open, isProven }
    }
    chosen = await changeBase(fleet, batch, chosen, repaired, options)
  }
}

/** Whether some period cannot be served by all that may be had, where no quota makes less of it better. */
async function isBeyondAll(
  fleet: Fleet,
  batch: PeriodBatch,
  chosen: ChosenBase,
  options: BaseOptions
): Promise<boolean> {
  if (batch.problem.linkNode.some((each) => each < 0)) return false
  const most = Float64Array.from(fleet.kinds, ({ base }) => base?.most ?? 0)
  const { missing } = (await changeBase(fleet, batch, chosen, most, options)).priced
  return missing.some((copies) => copies > MISSING)
}
