import type { CompactionAnswer } from '../../capacity/compaction/compaction.js'

/** What the work costs an hour, from today down to what is proven to be the least; what is not known is left out. */
export function costLadder({
  trials,
  costPerHour,
  costLeftPerHour,
  plan
}: CompactionAnswer): { readonly label: string; readonly value: number }[] {
  const costs = trials.flatMap(({ costLeftPerHour: cost }) => cost ?? [])
  const steps: readonly (readonly [string, number | null])[] = [
    ['today', costPerHour],
    ['at random, 90th percentile', costLeftPerHour],
    ['at random, the best order', costs.length === 0 ? null : costs.reduce((least, cost) => Math.min(least, cost))],
    ['the best plan', plan?.costPerHour ?? null],
    ['proven least', plan?.bound ?? null]
  ]
  return steps.flatMap(([label, value]) => (value === null ? [] : [{ label, value }]))
}
