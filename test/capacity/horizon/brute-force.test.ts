import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planHorizon } from '../../../src/capacity/horizon/plan-horizon.js'
import { verifyHorizon } from '../../../src/capacity/horizon/verify/verify-horizon.js'
import { cheapestPlan } from './every-plan.js'
import { smallCase } from './small-studies.js'

test('bound ≤ the cheapest of all plans ≤ cost, whatever the study', async () => {
  await fc.assert(
    fc.asyncProperty(smallCase, async ({ study, demand }) => {
      const answer = await planHorizon(study, demand, { threads: 1 })
      const cheapest = cheapestPlan(study, demand)
      expect(answer.status).toBe(cheapest === Infinity ? 'infeasible' : 'feasible')
      if (answer.status !== 'feasible') return
      expect(verifyHorizon(study, demand, answer)).toEqual([])
      expect(answer.bound).toBeLessThanOrEqual(cheapest + 1e-6)
      expect(cheapest).toBeLessThanOrEqual(answer.cost.total - answer.cost.moves + 1e-6)
    }),
    { numRuns: 150 }
  )
})
