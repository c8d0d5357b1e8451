import { formatNumber } from '../../../result/conflict/words.js'
import { onlyStep, type Proposal } from '../proposal.js'
import type { Scene } from '../scene.js'

/** A gate lowered as far as the plan that empties the node needs it, to round numbers: not the least that would do, and no measure of it. */
export function proposeGate({ problem, result, emptied }: Scene): Proposal[] {
  const { minSavingPerMove, paybackHours } = problem.gate
  const plan = emptied ?? result
  const migrations = plan?.objective?.migrations ?? 0
  const saving = (plan?.initial.costPerHour ?? 0) - (plan?.objective?.costPerHour ?? 0)
  if (plan === null || migrations === 0 || saving <= 0) return []
  const perMove = saving / migrations
  const price = (plan.objective?.moveCost ?? 0) * problem.objective.moveCostPrice
  const payback = price / saving
  return [
    ...(minSavingPerMove > perMove
      ? [
          {
            kind: 'gate' as const,
            weight: 3,
            mayGoFurther: true,
            ...onlyStep({
              edits: [{ path: ['gate', 'minSavingPerMove'], to: roundDown(perMove) }],
              words: `a move need save ${formatNumber(roundDown(perMove))} an hour only, not ${formatNumber(minSavingPerMove)}`
            })
          }
        ]
      : []),
    ...(paybackHours !== null && payback > paybackHours
      ? [
          {
            kind: 'gate' as const,
            weight: 3,
            mayGoFurther: true,
            ...onlyStep({
              edits: [{ path: ['gate', 'paybackHours'], to: Math.ceil(payback * 100) / 100 }],
              words: `the moves may take ${formatNumber(Math.ceil(payback * 100) / 100)} h to repay, not ${formatNumber(paybackHours)}`
            })
          }
        ]
      : [])
  ]
}

/** To two significant digits, never up. */
function roundDown(amount: number): number {
  const scale = 10 ** (1 - Math.floor(Math.log10(amount)))
  return Math.floor(amount * scale) / scale
}
