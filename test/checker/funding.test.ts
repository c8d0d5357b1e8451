import { describe, expect, test } from 'vitest'
import { verifyPlan } from '../../models/checker/verify-plan.js'
import type { Plan } from '../../models/contract/plan.js'
import type { Result } from '../../models/contract/result.js'
import { sequenceMigration } from '../../src/migration/sequence.js'
import { randomCase } from '../migration/random-case.js'
import { wrapSequence } from '../migration/wrap-sequence.js'

const codesOf = (problem: Parameters<typeof verifyPlan>[0], result: Result) =>
  verifyPlan(problem, result).map(({ code }) => code)

/** Plans of random clusters that have payments, with no violation. */
function fundedPlans(seeds: number) {
  const found = []
  for (let seed = 1; seed <= seeds; seed++) {
    const random = randomCase(seed)
    if (random === null) continue
    const result = wrapSequence(random.problem, random.instance, sequenceMigration(random.instance, random.target))
    const isSound = verifyPlan(random.problem, result).length === 0
    if (isSound && (result.plan.funding ?? []).some(({ payments }) => payments.length > 0)) {
      found.push({ seed, problem: random.problem, result })
    }
  }
  return found
}

const funded = fundedPlans(400)

test('payments prove what the search over all orders finds', () => {
  expect(funded.length).toBeGreaterThan(100)
  for (const { seed, problem, result } of funded) {
    const { funding: _, ...unfunded } = result.plan
    expect({ seed, codes: codesOf(problem, { ...result, plan: unfunded }) }).toEqual({ seed, codes: [] })
  }
})

describe('what the payments get wrong is found', () => {
  type Funding = NonNullable<Plan['funding']>
  const mutated = (change: (funding: Funding) => Funding) => {
    let caught = 0
    for (const { problem, result } of funded) {
      const plan = { ...result.plan, funding: change(structuredClone(result.plan.funding ?? [])) }
      if (codesOf(problem, { ...result, plan }).includes('funding')) caught++
    }
    return caught / funded.length
  }

  test('an amount that pays twice', () => {
    const twice = mutated((funding) =>
      funding.map((limit) => ({ ...limit, payments: limit.payments.flatMap((payment) => [payment, payment]) }))
    )
    expect(twice).toBe(1)
  })

  test('a payment by a step that the payer of is not waited for', () => {
    const turned = mutated((funding) =>
      funding.map((limit) => ({
        ...limit,
        payments: limit.payments.map(({ from, to, amount }) => ({ from: to, to: from, amount }))
      }))
    )
    expect(turned).toBe(1)
  })

  test('a payment by a step that there is not', () => {
    expect(
      mutated((funding) =>
        funding.map((limit) => ({
          ...limit,
          payments: limit.payments.map((payment) => ({ ...payment, from: 'nobody' }))
        }))
      )
    ).toBe(1)
  })

  test('a limit that is stated twice, or that there is not, and an amount that is none', () => {
    expect(mutated((funding) => [...funding, ...funding])).toBe(1)
    expect(mutated((funding) => funding.map((limit) => ({ ...limit, subject: 'luck' })))).toBe(1)
    expect(
      mutated((funding) =>
        funding.map((limit) => ({
          ...limit,
          payments: limit.payments.map((payment) => ({ ...payment, amount: Number.NaN }))
        }))
      )
    ).toBe(1)
  })

  test('payments that are left out, where there is not enough without them', () => {
    // Where something is free besides, a payment less may still do; the availability of what moves never.
    expect(mutated((funding) => funding.map((limit) => ({ ...limit, payments: [] })))).toBeGreaterThan(0.9)
  })
})

test('an unsafe plan is refused although its payments are claimed', () => {
  let refused = 0
  for (const { problem, result } of funded) {
    const payment = result.plan.funding?.flatMap(({ code, payments }) => (code === 'capacity' ? payments : []))[0]
    if (payment === undefined) continue
    const steps = result.plan.steps.map((step) =>
      step.id === payment.to ? { ...step, after: step.after.filter((id) => id !== payment.from) } : step
    )
    const codes = codesOf(problem, { ...result, plan: { ...result.plan, steps } })
    expect(codes).toContain('funding')
    refused++
  }
  expect(refused).toBeGreaterThan(50)
})
