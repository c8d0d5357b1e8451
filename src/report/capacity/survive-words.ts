import type { SurviveBasis } from '../../capacity/survive/survive.js'

/** The cluster from which something is lost. */
export const SURVIVE_BASES: Readonly<Record<SurviveBasis, string>> = { now: 'now', plan: 'after the plan' }
