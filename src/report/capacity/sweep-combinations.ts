import { groupBy } from '../../../models/grouping.js'
import type { ScenarioRecord } from '../../capacity/sweep/scenario-record.js'

/** Scenarios that differ by their seeds only. */
export interface Combination {
  /** The value of each axis. */
  readonly labels: readonly string[]
  readonly records: readonly ScenarioRecord[]
  /** The best of them; null where none has a placement. */
  readonly best: Solved | null
  /** Proven: no placement is worth less. Each seed's bound is one on the same Problem, so the greatest counts. */
  readonly bound: number
  readonly gap: number
  /** How far the worst seed is above the best, as a share of the worst. */
  readonly seedSpread: number
  /** Seeds with a placement. */
  readonly solved: number
}

type Solved = ScenarioRecord & { readonly objective: NonNullable<ScenarioRecord['objective']> }

/** The combinations of a sweep, in its order. */
export function combinationsOf(scenarios: readonly ScenarioRecord[]): Combination[] {
  return [...groupBy(scenarios, ({ labels }) => JSON.stringify(labels)).values()].map(combine)
}

function combine(records: readonly ScenarioRecord[]): Combination {
  const solved = records.filter(isSolved)
  const best = solved.reduce<Solved | null>(
    (found, record) => (found === null || record.objective.total < found.objective.total ? record : found),
    null
  )
  const least = best?.objective.total ?? 0
  const worst = solved.reduce((most, { objective }) => Math.max(most, objective.total), least)
  const bound = solved.reduce((most, record) => Math.max(most, record.bound ?? 0), 0)
  return {
    labels: records[0]?.labels ?? [],
    records,
    best,
    bound,
    gap: least === 0 ? 0 : Math.max(0, (least - bound) / least),
    seedSpread: worst > least * (1 + 1e-9) ? (worst - least) / worst : 0,
    solved: solved.length
  }
}

function isSolved(record: ScenarioRecord): record is Solved {
  return record.objective !== null
}

/** What a combination saves against the cluster as it is. */
export function savingOf({ best }: Combination): number {
  if (best === null) return 0
  return (best.initial?.costPerHour ?? best.objective.costPerHour) - best.objective.costPerHour
}
