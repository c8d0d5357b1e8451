import type { Problem } from '../../../models/contract/problem.js'
import type { CompactOptions } from '../../options.js'
import { makeChanges } from '../changes/apply-changes.js'
import { solveCluster } from '../mix/solve-cluster.js'
import { failedRecord, recordOf, type ScenarioRecord } from './scenario-record.js'
import type { Scenario } from './sweep.js'
import type { ScenarioOptions } from './sweep-plan.js'

/** All that a scenario needs to be solved anywhere: plain data. */
export interface ScenarioTask extends Scenario {
  /** The base, before the changes. */
  readonly problem: Problem
  readonly options: ScenarioOptions
}

/**
 * Solves one scenario. A failure is a record, too, with its reason; only an abort rejects, with the signal's reason. Under a work limit the
 * record is the same on every machine, and with any number of threads, but for its seconds.
 */
export async function solveScenario(
  { problem, options, changes, ...scenario }: ScenarioTask,
  how: { readonly threads: number; readonly signal?: AbortSignal }
): Promise<ScenarioRecord> {
  const begun = performance.now()
  try {
    const changed = makeChanges(problem, changes)
    return recordOf(
      scenario,
      changed,
      await solveCluster(changed, { ...toCompactOptions(options), seed: scenario.seed, ...how })
    )
  } catch (error) {
    how.signal?.throwIfAborted()
    const reason = error instanceof Error ? error.message : String(error)
    return failedRecord(scenario, reason, (performance.now() - begun) / 1000)
  }
}

function toCompactOptions(options: ScenarioOptions): CompactOptions {
  const { workLimit, timeLimitSeconds, relativeGap, maxMigrations, maxMoveCost, solver } = options
  return {
    ...(workLimit === null ? {} : { workLimit }),
    ...(timeLimitSeconds === null ? {} : { timeLimitMs: timeLimitSeconds * 1000 }),
    relativeGap,
    solver: solver as NonNullable<CompactOptions['solver']>,
    ...(maxMigrations === undefined ? {} : { maxMigrations }),
    ...(maxMoveCost === undefined ? {} : { maxMoveCost })
  }
}
