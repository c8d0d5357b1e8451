import type { LimitFunding } from '../contract/plan.js'
import type { Counter } from './counters.js'
import type { PlannedSteps } from './planned-steps.js'
import { exceeds } from './tolerance.js'
import type { Report } from './violations.js'

/**
 * Checks who pays for what, in time linear in the steps and payments, and returns the counters that this proves: whatever order the
 * steps take, they stay within their limits.
 *
 * What a step takes of a limit is paid by what particular steps gave back, each of which it waits for directly (or through a step on the same replica), and for the rest by
 * what is free at the outset. No amount pays twice. So at every moment the level is the initial one, plus what was taken, minus
 * what was given back: at most the limit. A limit that is broken at the outset is not proven that way.
 */
export function checkFunding(
  planned: PlannedSteps,
  counters: readonly Counter[],
  funding: readonly LimitFunding[],
  report: Report
): Set<Counter> {
  const { steps } = planned
  const indexOf = new Map(steps.map(({ id }, index) => [id, index]))
  const claims = new Map<string, LimitFunding>()
  for (const claim of funding) {
    if (claims.has(keyOf(claim))) report('funding', claim.where, `funding of ${claim.subject}: stated twice`)
    claims.set(keyOf(claim), claim)
  }
  const proven = new Set<Counter>()
  const known = new Set(counters.map(keyOf))
  for (const [key, { where, subject }] of claims) {
    if (!known.has(key)) report('funding', where, `funding of ${subject}: there is no such limit`)
  }
  for (const counter of counters) {
    const { initial, limit, changes } = counter
    if (exceeds(initial, limit) || (counter.joins?.size ?? 0) > 0) continue
    const due = new Map<number, number>()
    const given = new Map<number, number>()
    for (const [event, change] of changes) {
      const step = event >> 1
      if (change > 0) due.set(step, (due.get(step) ?? 0) + change)
      // Only what is given back when a step ends is there for those that wait for it.
      else if ((event & 1) === 1) given.set(step, (given.get(step) ?? 0) - change)
    }
    const claim = claims.get(keyOf(counter))
    const refuse = (message: string, amount?: number) =>
      report('funding', counter.where, `funding of ${counter.subject}: ${message}`, amount)
    let sound = true
    for (const { from, to, amount } of claim?.payments ?? []) {
      const [giver, taker] = [indexOf.get(from), indexOf.get(to)]
      if (!(amount >= 0 && amount < Infinity)) {
        refuse(`${from} pays ${amount} for ${to}`)
        sound = false
        continue
      }
      if (giver === undefined || taker === undefined || !waitsFor(planned, taker, giver)) {
        refuse(`${to} does not wait for ${from}, which pays for it`)
        sound = false
        continue
      }
      given.set(giver, (given.get(giver) ?? 0) - amount)
      due.set(taker, (due.get(taker) ?? 0) - amount)
    }
    // What is paid beyond what was given back is not there: rounding, of one payment; but a plan may have any number of them.
    let unpaid = initial
    for (const [step, left] of given) {
      if (left >= 0) continue
      unpaid -= left
      if (!exceeds(0, left)) continue
      refuse(`${steps[step]?.id} pays more than it gives back`, -left)
      sound = false
    }
    for (const amount of due.values()) unpaid += Math.max(0, amount)
    if (exceeds(unpaid, limit)) {
      if (claim !== undefined) refuse(`${unpaid - limit} of what is taken is paid by nobody`, unpaid - limit)
      sound = false
    }
    if (sound) proven.add(counter)
  }
  return proven
}

/** Whether one step waits for another: itself, or as it waits for a step on the same replica that does. */
function waitsFor({ steps, after }: PlannedSteps, step: number, earlier: number): boolean {
  const replicaOf = (index: number) => {
    const each = steps[index]
    return each !== undefined && 'replica' in each ? each.replica : undefined
  }
  const replica = replicaOf(step)
  return (after[step] ?? []).some((before) => {
    if (before === earlier) return true
    return replica !== undefined && replicaOf(before) === replica && after[before]?.includes(earlier) === true
  })
}

function keyOf({ code, where, subject }: Pick<Counter, 'where' | 'subject'> & { readonly code: string }): string {
  return JSON.stringify([code, where, subject])
}
