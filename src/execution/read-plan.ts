import { describeValue } from '../../models/contract/describe-input.js'
import { type InputIssue, toInputIssues } from '../../models/contract/input-issues.js'
import { InputError } from '../../models/contract/parse.js'
import { type Plan, plan as planSchema, type Step } from '../../models/contract/plan.js'
import type { Result } from '../../models/contract/result.js'
import { planId } from '../result/fingerprint.js'
import { type PlanGraph, readGraph } from './plan-graph.js'

/** A plan that may be carried out. */
export interface ReadPlan {
  readonly plan: Plan
  readonly id: string
  readonly graph: PlanGraph
}

/** The plan, or that of a Result. Throws InputError where it is none, or its steps do not fit each other. */
export function readPlan(given: Plan | Result): ReadPlan {
  const isResult = typeof given === 'object' && given !== null && 'plan' in given
  const value = isResult ? given.plan : given
  const read = planSchema.safeParse(value)
  if (!read.success) {
    throw new InputError(
      'plan',
      read.error.issues.flatMap((issue) => toInputIssues(issue, value, planSchema))
    )
  }
  const plan = read.data
  const order = orderSteps(plan.steps)
  return { plan, id: plan.id ?? planId('', plan), graph: readGraph(plan, order) }
}

/** Says that a plan is too old to be begun; null: it is not, or nobody knows. Times in milliseconds. */
export function findAge({ validSeconds }: Plan, madeAt: number | undefined, now: number): string | null {
  if (madeAt === undefined || validSeconds === undefined) return null
  const age = (now - madeAt) / 1000
  return age > validSeconds ? `the plan is ${Math.round(age)} s old, and was valid for ${validSeconds} s` : null
}

/** The steps, each after those it waits for: as they are listed where that is such an order. */
function orderSteps(steps: readonly Step[]): number[] {
  const issues: InputIssue[] = []
  const indexOf = new Map<string, number>()
  for (const [index, { id }] of steps.entries()) {
    if (indexOf.has(id)) {
      issues.push({ path: `steps[${index}].id`, found: describeValue(id), expected: 'an id that no other step has' })
    }
    indexOf.set(id, index)
  }
  const followers: number[][] = steps.map(() => [])
  const pending = steps.map(({ after }, index) => {
    for (const [position, id] of after.entries()) {
      const before = indexOf.get(id)
      if (before !== undefined) followers[before]?.push(index)
      else
        issues.push({
          path: `steps[${index}].after[${position}]`,
          found: describeValue(id),
          expected: 'the id of a step'
        })
    }
    return after.length
  })
  if (issues.length > 0) throw new InputError('plan', issues)
  const isListed = steps.every(({ after }, index) => after.every((id) => (indexOf.get(id) as number) < index))
  if (isListed) return [...steps.keys()]
  const order = [...steps.keys()].filter((index) => pending[index] === 0)
  for (let position = 0; position < order.length; position++) {
    for (const next of followers[order[position] as number] as number[]) {
      pending[next] = (pending[next] as number) - 1
      if (pending[next] === 0) order.push(next)
    }
  }
  if (order.length < steps.length) {
    const index = pending.findIndex((count) => count > 0)
    const found = 'steps that wait for each other'
    throw new InputError('plan', [
      { path: `steps[${index}].after`, found, expected: 'an order in which they can be done' }
    ])
  }
  return order
}
