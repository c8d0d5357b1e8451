import type { ScenarioRecord } from './scenario-record.js'
import { formatShard, type Shard } from './shard.js'
import type { NamedScenario, SweepHeader } from './sweep-header.js'

/** What came of a sweep: plain JSON. Money per hour, times in seconds. */
export interface SweepAnswer {
  readonly schemaVersion: 1
  readonly kind: 'sweep'
  readonly name?: string
  readonly study: SweepHeader['study']
  /** Id of the sweep: the same for all its shards. */
  readonly sweep: string
  readonly version: string
  readonly options: SweepHeader['options']
  readonly axes: SweepHeader['axes']
  readonly seeds: readonly number[]
  /** `0/4`; left out for the whole. */
  readonly shard?: string
  /** In the order of the sweep, the last axis faster than those before it and seeds fastest. */
  readonly scenarios: readonly ScenarioRecord[]
  /** Those that there is no record of. */
  readonly missing: readonly NamedScenario[]
  readonly failed: number
  readonly infeasible: number
  readonly notes: readonly string[]
}

/** Puts the records of a sweep, or of a shard of it, in their order. Of several with the same id the last counts, but for failures. */
export function answerOf(
  header: SweepHeader,
  records: readonly ScenarioRecord[],
  { shard = null, own, notes = [] }: { shard?: Shard | null; own?: ReadonlySet<string>; notes?: readonly string[] } = {}
): SweepAnswer {
  const best = new Map<string, ScenarioRecord>()
  for (const record of records) {
    if (record.termination === 'failed' && best.has(record.id)) continue
    best.set(record.id, record)
  }
  const wanted = header.scenarios.filter(({ id }) => own === undefined || own.has(id))
  const scenarios = wanted.flatMap(({ id, labels }) => {
    const record = best.get(id)
    // Where changes come to the same the record was made for another of them.
    return record === undefined ? [] : [{ ...record, labels }]
  })
  const { name, study, sweep, version, options, axes, seeds } = header
  const repeated = wanted.length - new Set(wanted.map(({ id }) => id)).size
  return {
    schemaVersion: 1,
    kind: 'sweep',
    ...(name === undefined ? {} : { name }),
    study,
    sweep,
    version,
    options,
    axes,
    seeds,
    ...(shard === null ? {} : { shard: formatShard(shard) }),
    scenarios,
    missing: wanted.filter(({ id }) => !best.has(id)),
    failed: scenarios.filter(({ termination }) => termination === 'failed').length,
    infeasible: scenarios.filter(({ termination }) => termination === 'infeasible').length,
    notes: [
      ...notes,
      ...(repeated === 0 ? [] : [`${repeated} of the scenarios come to the same as others, and are solved once`]),
      ...(options.timeLimitSeconds === null
        ? []
        : ['a time limit was given: results depend on the machine and its load'])
    ]
  }
}
