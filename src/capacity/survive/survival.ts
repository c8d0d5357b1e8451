import type { Problem } from '../../../models/contract/problem.js'
import { decideFit, type FitOptions } from '../fit/decide-fit.js'
import type { Evidence } from '../question/options.js'
import { frozen, withoutEvictions, withoutNodes } from '../question/scenario.js'
import { countHomeless, countUnplaced, type LeastUnplaced } from './count-unplaced.js'
import type { Recovery, Survival } from './survival-verdict.js'

export type SurvivalOptions = FitOptions & { readonly onPlacement?: ((evidence: Evidence) => void) | undefined }

/** Part of the budget of a loss that goes into the question whether all fits, before what does not is counted. */
const FIT_SHARE = 0.5

/** The Problem after a loss: the nodes are gone, what ran there waits, and no other node is emptied in such a moment. */
export function afterLoss(room: Problem, lost: readonly string[], recovery: Recovery): Problem {
  const left = withoutEvictions(withoutNodes(room, new Set(lost)))
  return recovery === 'none' ? frozen(left) : left
}

export interface LossAbout {
  readonly recovery: Recovery
  /** What is left costs less than any nodes on which everything fits: so it does not fit. */
  readonly isTooCheap: boolean
  readonly shows: string
}

/** Whether all replicas have a place in a Problem of `afterLoss`, and how many do not. */
export async function decideSurvival(
  problem: Problem,
  { recovery, isTooCheap, shows }: LossAbout,
  options: SurvivalOptions
): Promise<Survival> {
  const { budget, onPlacement } = options
  const homeless: LeastUnplaced = recovery === 'none' ? countHomeless(problem) : new Map()
  const isImpossible = homeless.size > 0 || isTooCheap
  const fit = isImpossible ? null : await decideFit(problem, { ...options, budget: budget.share(FIT_SHARE) })
  if (fit?.verdict === 'fits') {
    onPlacement?.({ shows: `${shows}: all fits`, problem, placement: fit.placement })
    return { verdict: 'survives', unplaced: null }
  }
  const failed = isImpossible || fit?.verdict === 'impossible'
  const counted = await countUnplaced(problem, homeless, options)
  if (counted === null) return { verdict: failed ? 'fails' : 'undecided', unplaced: null }
  const { unplaced, evidence } = counted
  onPlacement?.({ shows: `${shows}: ${unplaced.replicas} without a place`, ...evidence })
  if (unplaced.replicas === 0) return { verdict: 'survives', unplaced: null }
  return { verdict: failed || unplaced.isProven ? 'fails' : 'undecided', unplaced }
}
